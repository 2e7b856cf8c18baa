"""The child that makes one PDF: what to make on its input, the bytes on its output. No Django."""

import json
import sys


def main() -> None:
    import typst  # noqa: PLC0415 - loaded in the child alone

    order = json.load(sys.stdin)
    compiler = typst.Compiler(
        order["template"],
        root=order["root"],
        font_paths=[order["fonts"]],
        ignore_system_fonts=True,
        sys_inputs={"data": order["data"]},
    )
    made = compiler.compile(format="pdf", pdf_tags=order["tagged"])
    assert isinstance(made, bytes), "without a file to write to, typst hands the bytes back"
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
