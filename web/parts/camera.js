// Reads QR codes with the camera: the browser's own reader where it has one, ours elsewhere.
const EVERY = 180; // milliseconds between two looks at the picture
const WIDTH = 640; // pixels given to the decoder

/** `scan(found)` opens the camera in `screen` and calls `found(text)` once; `stop()` closes it. */
export function camera({ button, screen, decoder }) {
  const video = screen.querySelector("video");
  const trouble = screen.querySelector("[data-door-trouble]");
  let stream = null;

  async function reader() {
    const formats = await globalThis.BarcodeDetector?.getSupportedFormats().catch(() => []);
    if (formats?.includes("qr_code")) {
      const detector = new BarcodeDetector({ formats: ["qr_code"] });
      return async () => (await detector.detect(video))[0]?.rawValue ?? "";
    }
    const { read } = await import(decoder);
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("2d", { willReadFrequently: true });
    return async () => {
      const scale = Math.min(1, WIDTH / video.videoWidth);
      canvas.width = Math.round(video.videoWidth * scale);
      canvas.height = Math.round(video.videoHeight * scale);
      context.drawImage(video, 0, 0, canvas.width, canvas.height);
      return read(context.getImageData(0, 0, canvas.width, canvas.height));
    };
  }

  async function scan(found) {
    screen.hidden = false;
    trouble.hidden = true;
    button.setAttribute("aria-expanded", "true");
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
      video.srcObject = stream;
      await video.play();
      const look = await reader();
      while (stream) {
        const text = video.videoWidth ? await look() : "";
        if (text && stream) {
          stop();
          navigator.vibrate?.(60);
          found(text);
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, EVERY));
      }
    } catch {
      stop();
      screen.hidden = false;
      trouble.hidden = false;
    }
  }

  function stop() {
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    screen.hidden = true;
    button.setAttribute("aria-expanded", "false");
  }

  document.addEventListener("visibilitychange", () => document.hidden && stop());
  addEventListener("pagehide", stop);
  return { scan, stop, running: () => stream !== null };
}
