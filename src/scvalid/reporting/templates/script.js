"use strict";
(() => {
  const root = document.documentElement;

  const theme = document.getElementById("theme");
  theme.hidden = false;
  theme.addEventListener("click", () => {
    const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    root.dataset.theme = (root.dataset.theme || system) === "dark" ? "light" : "dark";
  });

  const valueOf = (row, column) => {
    const cell = row.cells[column];
    const text = cell.dataset.sort ?? cell.textContent.trim();
    const number = text === "" ? NaN : Number(text);
    return { text, number };
  };
  const compare = (a, b) => {
    const isLast = (v) => v.text === "";
    if (isLast(a) || isLast(b)) return { fixed: isLast(a) - isLast(b) };
    if (!Number.isNaN(a.number) && !Number.isNaN(b.number)) return { turned: a.number - b.number };
    return { turned: a.text.localeCompare(b.text, root.lang, { numeric: true }) };
  };
  const sortBy = (table, column, isDown) => {
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row) => ({ row, value: valueOf(row, column) }));
    rows.sort((a, b) => {
      const order = compare(a.value, b.value);
      return order.fixed ?? (isDown ? -order.turned : order.turned);
    });
    body.append(...rows.map(({ row }) => row));
  };
  for (const table of document.querySelectorAll("table[data-sortable]")) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...[...head.childNodes].filter((node) => node.nodeName !== "svg"));
      head.prepend(button);
      button.addEventListener("click", () => {
        const isDown = head.getAttribute("aria-sort") === "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", isDown ? "descending" : "ascending");
        sortBy(table, column, isDown);
      });
    });
  }

  const search = document.getElementById("search");
  const pick = document.getElementById("pick");
  const shown = document.getElementById("shown");
  const rows = [...document.querySelectorAll("#verdicts tbody tr")];
  const filter = () => {
    const words = search.value.trim().toLocaleLowerCase();
    for (const row of rows) {
      const isPicked = !pick.value || row.dataset.verdict === pick.value;
      row.hidden = !(isPicked && row.textContent.toLocaleLowerCase().includes(words));
    }
    shown.textContent = shown.dataset.text.replace("#", rows.filter((row) => !row.hidden).length);
  };
  document.getElementById("controls").hidden = false;
  search.addEventListener("input", filter);
  pick.addEventListener("change", filter);
  filter();
})();
