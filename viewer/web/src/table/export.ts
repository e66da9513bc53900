/**
 * Tables as text: CSV, tab-separated, Markdown, LaTeX.
 *
 * What a program is to read is exact (see `exact`). LaTeX and Markdown are for reading: numbers as on the screen.
 */

import { type Cell, formatCell } from "./cells";
import { exact, toTsv } from "./tab_separated";

export interface TextTable {
  head: readonly string[];
  rows: readonly (readonly Cell[])[];
}

export type Format = "csv" | "tsv" | "markdown" | "latex";

function quoted(text: string): string {
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replace(/"/g, '""')}"` : text;
}

export function toCsv({ head, rows }: TextTable): string {
  return [head, ...rows].map((row) => `${row.map((cell) => quoted(exact(cell))).join(",")}\n`).join("");
}

export function toMarkdown(table: TextTable): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |\n`;
  const rule = numericColumns(table).map((numeric) => (numeric ? "---:" : "---"));
  const rows = table.rows.map((row) => line(row.map((cell) => escapeMarkdown(formatCell(cell)))));
  return [line(table.head.map(escapeMarkdown)), line(rule), ...rows].join("");
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\|*_`<>[\]]/g, "\\$&").replace(/\s+/g, " ");
}

/** With the rules of booktabs; signs and numbers as eventlog/export_latex.py writes them. */
export function toLatex(table: TextTable): string {
  const numeric = numericColumns(table);
  const line = (cells: readonly string[]): string => `${cells.join(" & ")} \\\\\n`;
  const layout = numeric.map((isNumeric) => (isNumeric ? "r" : "l")).join("");
  return [
    "% needs \\usepackage{booktabs}\n",
    `\\begin{tabular}{${layout}}\n\\toprule\n`,
    line(table.head.map(escapeLatex)),
    "\\midrule\n",
    ...table.rows.map((row) => line(row.map((cell, at) => (cell === null && numeric[at] ? "--" : latexCell(cell))))),
    "\\bottomrule\n\\end{tabular}\n",
  ].join("");
}

function latexCell(cell: Cell): string {
  if (typeof cell !== "number") return escapeLatex(formatCell(cell));
  if (Number.isNaN(cell)) return "NaN";
  if (!Number.isFinite(cell)) return cell > 0 ? "$\\infty$" : "$-\\infty$";
  const [mantissa = "", exponent] = formatCell(cell).replace(/−/g, "-").split("e");
  return exponent === undefined ? `$${mantissa}$` : `$${mantissa} \\times 10^{${exponent}}$`;
}

const LATEX: Record<string, string> = {
  "\\": "\\textbackslash{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "<": "\\textless{}",
  ">": "\\textgreater{}",
  "|": "\\textbar{}",
  '"': "\\textquotedbl{}",
  "'": "\\textquotesingle{}",
  "`": "\\textasciigrave{}",
  // Two of them would become a dash.
  "-": "{-}",
};

export function escapeLatex(text: string): string {
  const flat = text.replace(/[\s\p{C}]+/gu, " ");
  return flat.replace(/[\\~^<>|"'`-]|[&%$#_{}]/g, (sign) => LATEX[sign] ?? `\\${sign}`);
}

const numericColumns = ({ head, rows }: TextTable): boolean[] =>
  head.map((_, at) => rows.some((row) => typeof row[at] === "number"));

export const WRITERS: Record<Format, { write(table: TextTable): string; extension: string; type: string }> = {
  csv: { write: toCsv, extension: "csv", type: "text/csv" },
  tsv: { write: ({ head, rows }) => toTsv([head, ...rows]), extension: "tsv", type: "text/tab-separated-values" },
  markdown: { write: toMarkdown, extension: "md", type: "text/markdown" },
  latex: { write: toLatex, extension: "tex", type: "text/x-tex" },
};
