// The choice between light and dark.
import { m } from "#/i18n/words";
import { type Theme, theme } from "#/store/settings";

const THEMES: Record<Theme, () => string> = {
  auto: m.theme_auto,
  light: m.theme_light,
  dark: m.theme_dark,
};

export function ThemeSelect() {
  return (
    <label>
      <span class="hidden">{m.theme_choose()}</span>
      <select
        class="select"
        value={theme.value}
        onChange={(event) => {
          theme.value = event.currentTarget.value as Theme;
        }}
      >
        {Object.entries(THEMES).map(([name, words]) => (
          <option key={name} value={name}>
            {words()}
          </option>
        ))}
      </select>
    </label>
  );
}
