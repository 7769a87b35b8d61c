// Contrast and colours, remembered (early.js sets them on the next page).
(() => {
	const { select, words } = vidno;
	const { dataset } = document.documentElement;
	const contrast = document.querySelector('#contrast');
	if (!contrast) return;

	const remember = (name, value) => {
		dataset[name] = value;
		if (!value) delete dataset[name];
		try {
			localStorage.setItem(`vidno-${name}`, value);
		} catch {
			// It holds for this page.
		}
	};

	contrast.checked = dataset.contrast === 'more';
	contrast.addEventListener('change', () => remember('contrast', contrast.checked ? 'more' : ''));

	const colours = ['', 'light', 'dark'].map((name) => [name, words[`theme_${name || 'auto'}`]]);
	const theme = select(words.theme, colours, (name) => remember('theme', name));
	theme.className = 'theme';
	theme.lastChild.value = dataset.theme ?? '';
	contrast.closest('label').before(theme);
})();
