// What every script of the page needs of the browser. Knows no tab.

// ---- what the browser remembers; a browser that refuses is no reason to stop

export function remember(key, text) {
  try {
    localStorage.setItem(key, text);
  } catch {
    /* private window or full */
  }
}

export function recallText(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

// ---- small things

export function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

export function whenThere(selector, act) {
  if (document.querySelector(selector)) return void act();
  const watcher = new MutationObserver(() => {
    if (!document.querySelector(selector)) return;
    watcher.disconnect();
    act();
  });
  watcher.observe(document.documentElement, { childList: true, subtree: true });
}
