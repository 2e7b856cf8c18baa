// Reads QR codes where the browser has no BarcodeDetector; loaded by the door alone, on demand.
import decode from "qr/decode.js";

// The text of the code in these pixels (an ImageData), or "" when there is none to be read.
export function read(pixels) {
  try {
    return decode(pixels) || "";
  } catch {
    return "";
  }
}
