// Before the first paint: the look that the reader chose on another page.
try {
	for (const name of ['contrast', 'theme']) {
		const value = localStorage.getItem(`vidno-${name}`);
		if (value) document.documentElement.dataset[name] = value;
	}
} catch {
	// Nothing is remembered here.
}
