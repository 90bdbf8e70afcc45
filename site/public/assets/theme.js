// Before anything is drawn: the theme that this browser keeps for its visitor (src/layouts/theme.client.ts).
try {
  const theme = localStorage.getItem('miniapp.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // A browser that keeps nothing follows its system.
}
