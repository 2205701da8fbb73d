// Light or dark by choice; the server reads the cookie, so that no page flashes.
const YEAR_IN_SECONDS = 31536000;

export function switchTheme(root) {
  for (const button of root.querySelectorAll("[data-theme-switch]")) {
    button.hidden = false;
    name(button);
    button.addEventListener("click", () => {
      const theme = isDark() ? "light" : "dark";
      document.documentElement.dataset.theme = theme;
      document.cookie = `theme=${theme}; path=/; max-age=${YEAR_IN_SECONDS}; samesite=lax`;
      name(button);
    });
  }
}

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function name(button) {
  button.textContent = isDark() ? button.dataset.light : button.dataset.dark;
}
