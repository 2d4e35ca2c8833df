// The page's few icons, drawn with the text's colour. All are decoration: what is next to them, or the button's
// name, says what they mean.

const PATHS = {
  chevron: "M6 4l4 4-4 4",
  down: "M4 6l4 4 4-4",
  plus: "M8 3v10M3 8h10",
  close: "M4 4l8 8M12 4l-8 8",
  more: "M3.5 8h.01M8 8h.01M12.5 8h.01",
  check: "M3 8.5l3.2 3.2L13 5",
  cross: "M4.5 4.5l7 7M11.5 4.5l-7 7",
  file: "M4 2h5l3 3v9H4zM9 2v3h3",
  folder: "M2 4h4l1.5 1.5H14V13H2z",
  share: "M8 10V2.5M5 5l3-2.7L11 5M3 9v4.5h10V9",
  open: "M2 12.5V3.5h4L7.5 5H13v2M2 12.5L4 7h11l-2 5.5z",
  save: "M8 2.5V10M5 7.5L8 10.2l3-2.7M3 10v3.5h10V10",
  sun: "M8 5.2a2.8 2.8 0 100 5.6 2.8 2.8 0 000-5.6zM8 1.5v1.6M8 12.9v1.6M1.5 8h1.6M12.9 8h1.6M3.4 3.4l1.1 1.1M11.5 11.5l1.1 1.1M12.6 3.4l-1.1 1.1M4.5 11.5l-1.1 1.1",
  moon: "M13 9.6A5.5 5.5 0 016.4 3 5.5 5.5 0 1013 9.6z",
  arrow: "M3 8h9.5M9 4.5L12.5 8 9 11.5",
  flask: "M6.2 2h3.6M7 2v4L3.2 12.6c-.4.8.1 1.4.8 1.4h8c.7 0 1.2-.6.8-1.4L9 6V2",
  list: "M5.5 4H13M5.5 8H13M5.5 12H13M2.5 4h.01M2.5 8h.01M2.5 12h.01",
  scales: "M8 2.5v11M5 13.5h6M3 4.5h10M3 4.5L1.5 9a1.7 1.7 0 003 0zM13 4.5L11.5 9a1.7 1.7 0 003 0z",
  rules: "M3.5 3.5h9M3.5 6.5h6M3.5 9.5h9M3.5 12.5h5",
  form: "M3 2.5h10v11H3zM5.5 5.5h5M5.5 8h5M5.5 10.5h3",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} fill="none" stroke="currentColor" stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  );
}
