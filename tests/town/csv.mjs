// CSV as the program and the server of the town write it.
function cellsOf(text) {
  const rows = [[]];
  const cell = /("(?:[^"]|"")*"|[^",\n]*)(,|\r?\n|$)/gy;
  for (let m = cell.exec(text); m && cell.lastIndex <= text.length; m = cell.exec(text)) {
    rows.at(-1).push(m[1].startsWith('"') ? m[1].slice(1, -1).replaceAll('""', '"') : m[1]);
    if (m[2] === '') break;
    if (m[2] !== ',') rows.push([]);
  }
  return rows.filter((row) => row.length > 1);
}

// Rows as objects, by the names of the first one.
export function rowsOf(text) {
  const [names, ...rows] = cellsOf(text);
  return rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i] ?? ''])));
}

export function groupBy(list, keyOf) {
  const groups = new Map();
  for (const item of list) {
    const key = keyOf(item);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(item);
  }
  return groups;
}
