// Our own line drawings, 24 to a side. They say nothing to a reader: the control around them does.
const PATHS = {
  sound: "M4 10v4h3l5 4V6L7 10H4zM16 9.500a4 4 0 0 1 0 5M18.500 7a7.500 7.500 0 0 1 0 10",
  mute: "M4 10v4h3l5 4V6L7 10H4zM16 10l4 4M20 10l-4 4",
  leave: "M14 5H6v14h8M11 12h9M17 8.500 20.500 12 17 15.500",
  renew: "M19 8a8 8 0 1 0 .900 5M19.500 4v4.500H15",
  close: "M6.500 6.500l11 11M17.500 6.500l-11 11",
  back: "M14.500 5.500 8 12l6.500 6.500",
  next: "M9.500 5.500 16 12l-6.500 6.500",
  tick: "M5.500 12.500l4.500 4.500 9-10",
  show: "M4 7h16v3.500a1.500 1.500 0 0 0 0 3V17H4v-3.500a1.500 1.500 0 0 0 0-3zM14 7v10",
  calendar: "M5 6h14v13H5zM5 10h14M9 4v3M15 4v3",
  search: "M10.500 4.500a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM15 15l5 5",
  person: "M12 4.500a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7zM5 19.500a7 5.500 0 0 1 14 0",
  clock: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v4.500l3 1.800",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
