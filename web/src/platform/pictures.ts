// The one owner of pictures that leave the page: into a file, to the system's share sheet, or saved.

/** A picture as a file; null where the browser could not make one. */
export function fileOf(canvas: HTMLCanvasElement, name: string): Promise<File | null> {
  return new Promise((resolve) => {
    canvas.toBlob((blob) => resolve(blob && new File([blob], name, { type: "image/png" })));
  });
}

/** Whether the share sheet is there and takes this file. */
export function canShareFile(file: File): boolean {
  return navigator.canShare?.({ files: [file] }) ?? false;
}

/** Opens the share sheet. Whoever closes it has changed their mind, which is no fault. */
export async function shareFile(file: File, title: string, text: string): Promise<void> {
  await navigator.share({ files: [file], title, text }).catch(() => undefined);
}

/** An address under which the page can show and save the file, until it is given back. */
export function addressOfFile(file: File): { url: string; forget: () => void } {
  const url = URL.createObjectURL(file);
  return { url, forget: () => URL.revokeObjectURL(url) };
}
