// One button for all rows with an address of their own: it goes to the row
// that is pointed at, holds the focus, or was asked for.
(() => {
	const { announce, make, words } = vidno;
	const button = make('button', { type: 'button', class: 'copy', 'aria-label': words.copy, title: words.copy });

	const show = (row) => {
		const cell = row?.querySelector('th') ?? row?.cells[0];
		if (cell && button.parentNode !== cell) cell.append(button);
	};

	button.addEventListener('click', async () => {
		location.hash = button.closest('tr').id;
		try {
			await navigator.clipboard.writeText(location.href);
			announce(words.copied);
		} catch {
			announce(words.address);
		}
	});
	const target = () => show(document.querySelector('tr[id]:target'));
	addEventListener('hashchange', target);
	target();
	for (const name of ['pointerover', 'focusin']) {
		document.addEventListener(name, (event) => show(event.target.closest('main tr[id]')));
	}
})();
