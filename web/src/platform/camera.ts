// The one owner of the camera: it looks for a QR code, where the browser can read one.
import { type Cancel, every } from "./time";

/** Codes are looked for this often: quick enough for a hand, slow enough for a phone's battery. */
const LOOK_MS = 200;

type Detector = { detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]> };
type DetectorMaker = new (options: { formats: string[] }) => Detector;

const makerOf = () => (globalThis as { BarcodeDetector?: DetectorMaker }).BarcodeDetector;

/** Browsers without a secure address have no camera, and few of the others read codes. */
export const canScan = (): boolean => makerOf() !== undefined && "mediaDevices" in navigator;

/** Shows what the camera sees and tells every code that it finds, until it is stopped. Throws if it may not look. */
export async function scan(
  video: HTMLVideoElement,
  onCode: (text: string) => void,
): Promise<Cancel> {
  const Maker = makerOf();
  if (!Maker) throw new Error("this browser reads no codes");
  const detector = new Maker({ formats: ["qr_code"] });
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { facingMode: "environment" },
  });
  video.srcObject = stream;
  await video.play();
  let isLooking = false;
  const stopLooking = every(LOOK_MS, () => {
    if (isLooking) return;
    isLooking = true;
    void detector
      .detect(video)
      .then(([found]) => found && onCode(found.rawValue))
      .catch(() => undefined)
      .finally(() => {
        isLooking = false;
      });
  });
  return () => {
    stopLooking();
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  };
}
