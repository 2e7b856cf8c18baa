// The door: reads tickets with the camera; everything else on the page works without this script.

const EVERY = 180; // milliseconds between two looks at the picture
const WIDTH = 640; // pixels given to the decoder

const form = document.querySelector("[data-door-scan]");
const button = form?.querySelector("[data-door-camera]");
const screen = document.querySelector("[data-door-screen]");
const video = screen?.querySelector("video");
const trouble = screen?.querySelector("[data-door-trouble]");
let stream = null;

async function reader() {
  const formats = await globalThis.BarcodeDetector?.getSupportedFormats().catch(() => []);
  if (formats?.includes("qr_code")) {
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async () => (await detector.detect(video))[0]?.rawValue ?? "";
  }
  const { read } = await import(form.dataset.decoder);
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

async function scan() {
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
        form.elements.code.value = text;
        navigator.vibrate?.(60);
        form.requestSubmit();
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

if (button && navigator.mediaDevices?.getUserMedia) {
  button.hidden = false;
  button.addEventListener("click", () => (stream ? stop() : scan()));
  document.addEventListener("visibilitychange", () => document.hidden && stop());
  addEventListener("pagehide", stop);
}

// Without network nothing is sent into the void: what was typed stays, and the page says so.
const offline = document.querySelector("[data-door-offline]");
for (const each of document.querySelectorAll("form")) {
  each.addEventListener("submit", (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    offline.hidden = false;
    offline.scrollIntoView({ block: "nearest" });
  });
}
addEventListener("online", () => (offline.hidden = true));
