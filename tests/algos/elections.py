"""Invented elections in Pabulib's format, for tests beside pabutools."""

import random


def pabulib(seed, kind="approval", places=False):
    """A small random election as text; costs, ties and empty ballots included."""
    draw = random.Random(seed)
    options = [f"p{i}" for i in range(1, draw.randrange(4, 13))]
    costs = [1 if places else draw.choice([1, 2, 3, 5, 5, 8, 13, "2.5"]) for _ in options]
    voters = draw.randrange(1, 18)
    budget = draw.randrange(1, 6) if places else draw.randrange(5, 40)
    lines = ["META", "key;value", "description;invented", "country;France", "unit;Here"]
    lines += ["instance;1", f"num_projects;{len(options)}", f"num_votes;{voters}"]
    lines += [f"budget;{budget}", f"vote_type;{kind}", "rule;greedy", "PROJECTS"]
    lines += [
        "project_id;cost;name",
        *(f"{o};{c};Project {o}" for o, c in zip(options, costs, strict=True)),
    ]
    lines += ["VOTES", "voter_id;vote;points" if kind == "scoring" else "voter_id;vote"]
    for voter in range(voters):
        chosen = draw.sample(options, draw.randrange(0, min(6, len(options))))
        points = ",".join(str(draw.randrange(1, 6)) for _ in chosen)
        lines.append(
            f"v{voter};{','.join(chosen)}" + (f";{points}" if kind == "scoring" and chosen else "")
        )
    return "\n".join(lines) + "\n"
