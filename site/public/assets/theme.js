// Before anything is drawn: the theme that this browser keeps for its visitor (src/layouts/theme.client.ts).
try {
  const theme = localStorage.getItem('miniapp.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // A browser that keeps nothing follows its system.
}

// The colours of the browser's own frame.
for (const [theme, color] of [
  ['light', '#ffffff'],
  ['dark', '#171b21'],
]) {
  const meta = document.createElement('meta');
  Object.assign(meta, { name: 'theme-color', content: color, media: `(prefers-color-scheme: ${theme})` });
  document.head.append(meta);
}
