import { describe, expect, it } from "vitest";
import type { Session } from "../src/api/hparams";
import { evaluate, type Subject } from "../src/query/evaluate";
import { parseQuery } from "../src/query/parse";
import { printQuery } from "../src/query/print";
import { FUNCTIONS, OPERATORS, type Query, QueryError } from "../src/query/query";
import { findSource, hparamColumn, metricColumn, sessionsOfRuns, type Values } from "../src/query/run_values";
import { matchPattern } from "../src/regex/match";

/** A query without the places of its terms. */
function bare(query: Query | null): unknown {
  return JSON.parse(JSON.stringify(query, (key, value) => (key === "place" ? undefined : value)));
}

const parsed = (text: string): unknown => bare(parseQuery(text));
const word = (text: string) => ({ kind: "text", text });
const regex = (pattern: string) => ({ kind: "regex", pattern });
const condition = (name: string, operator: string, value: string, of: string | null = null) => ({
  kind: "condition",
  quantity: { of, name },
  operator,
  value,
});
const not = (query: unknown) => ({ kind: "not", query });
const and = (...queries: unknown[]) => ({ kind: "and", queries });
const or = (...queries: unknown[]) => ({ kind: "or", queries });

function mistake(text: string): QueryError {
  try {
    parseQuery(text);
  } catch (error) {
    if (error instanceof QueryError) return error;
  }
  throw new Error(`${text} is no mistake`);
}

describe("parseQuery", () => {
  it.each([
    ["adam", word("adam")],
    ["exp.*", regex("exp.*")],
    ["a|b", regex("a|b")],
    ["(a+)+$", regex("(a+)+$")],
    ["^lr=0.1/(adam|sgd)$", regex("^lr=0.1/(adam|sgd)$")],
    ["(adam|sgd)", regex("adam|sgd")],
    ["run0[0-4]5.$", regex("run0[0-4]5.$")],
    ["/adam", word("/adam")],
    ["a(b c)d", regex("a(b c)d")],
    ["(?:a|b)", regex("(?:a|b)")],
    ["mlp-2", word("mlp-2")],
    ["a/b c", and(word("a/b"), word("c"))],
  ])("means by %s what it meant before", (text, query) => expect(parsed(text)).toEqual(query));

  it.each([
    ["", null],
    ["   ", null],
    ["a b", and(word("a"), word("b"))],
    ["a AND b", and(word("a"), word("b"))],
    ["a OR b c", or(word("a"), and(word("b"), word("c")))],
    ["a | b", or(word("a"), word("b"))],
    ["(a OR b) c", and(or(word("a"), word("b")), word("c"))],
    ["a (b (c OR d))", and(word("a"), word("b"), or(word("c"), word("d")))],
    ["-a NOT b", and(not(word("a")), not(word("b")))],
    ["-(a b)", not(and(word("a"), word("b")))],
    ["NOT(a OR b)", not(or(word("a"), word("b")))],
    ['"a OR b"', word("a OR b")],
    ['"say \\"hi\\" \\\\"', word('say "hi" \\')],
    ["/a b+/", regex("a b+")],
    ["/(?<=a)<b/", regex("(?<=a)<b")],
    ["/a\\/b/ c", and(regex("a/b"), word("c"))],
    ["/a/b/", regex("a/b")],
    ["or", word("or")],
    ["<img", word("<img")],
  ])("reads %s", (text, query) => expect(parsed(text)).toEqual(query));

  it.each([
    ["loss<0.3", condition("loss", "<", "0.3")],
    ["train/loss<=3e-1", condition("train/loss", "<=", "3e-1")],
    ['"train/my loss" > .5', condition("train/my loss", ">", ".5")],
    ["lr >= 1e-3", condition("lr", ">=", "1e-3")],
    ["lr=0.1", condition("lr", "=", "0.1")],
    ["lr = 0.1", condition("lr", "==", "0.1")],
    ["lr==0.1", condition("lr", "==", "0.1")],
    ["optimizer=adam", condition("optimizer", "=", "adam")],
    ['optimizer="Adam W"', condition("optimizer", "==", "Adam W")],
    ["optimizer!=adam", condition("optimizer", "!=", "adam")],
    ["loss<inf", condition("loss", "<", "inf")],
    ["min(loss)<0.3", condition("loss", "<", "0.3", "min")],
    ["MAX( val/acc )>0.9", condition("val/acc", ">", "0.9", "max")],
    ['mean("val (top 5)")>0.9', condition("val (top 5)", ">", "0.9", "mean")],
    ["-loss<0.3", not(condition("loss", "<", "0.3"))],
    ["(loss<0.3 OR acc>1)", or(condition("loss", "<", "0.3"), condition("acc", ">", "1"))],
    ["lr=1e+3", condition("lr", "=", "1e+3")],
    ["lr=0.(1|2)", regex("lr=0.(1|2)")],
    ["min(loss)", regex("min(loss)")],
  ])("reads the condition %s", (text, query) => expect(parsed(text)).toEqual(query));

  it.each([
    ["adam(", /^Not a regular expression: unterminated group/, [0, 5]],
    ["a (b OR c", /never closed/, [2, 3]],
    ["a) b", /closes none/, [1, 2]],
    ['a "b', /no partner/, [2, 4]],
    ["a OR", /missing here/, [4, 4]],
    ["OR a", /missing before OR/, [0, 2]],
    ["a AND OR b", /missing before OR/, [6, 8]],
    ["NOT", /missing here/, [3, 3]],
    ["()", /missing here/, [1, 2]],
    ["a loss<", /value is missing after </, [6, 7]],
    ["loss<abc", /compares numbers/, [5, 8]],
    ["avg(loss)<1", /no avg\(\); there are last\(\), first\(\), min\(\)/, [0, 3]],
    ['lr="0.1"x', /blank is missing/, [8, 9]],
    ["a /b[/", /^Not a regular expression/, [2, 6]],
    [`${"(".repeat(60)}a${")".repeat(60)}`, /nested too deeply/, [50, 51]],
  ])("says what is wrong with %s, and where", (text, message, place) => {
    const { message: said, place: at } = mistake(text);
    expect(said).toMatch(message);
    expect(at).toEqual(place);
  });
});

/** Numbers that come out the same each time. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

describe("printQuery", () => {
  const next = random(5);
  const pick = <T>(choices: readonly T[]): T => choices[Math.floor(next() * choices.length)] as T;
  const texts = [
    "a",
    "-a",
    "OR",
    "not",
    "",
    " ",
    'x"y',
    "a\\",
    "a(b",
    ")",
    "/a/",
    "lr=1",
    "l<3",
    "ü 5%",
    "min(a)<1",
    "&&",
  ];
  const patterns = ["a|b", "x/y.*", "(a b)+", "[/)]", "/\\(", "^$", "\\\\"];
  const names = ["loss", "train/loss", 'my "loss"', "a b", "x(y)", "-z"];
  const values = ["0.3", "1e-3", "-inf"];

  function made(depth: number): Query {
    const place = [0, 0] as const;
    const kind = pick(depth > 3 ? ["text", "regex", "condition"] : ["text", "regex", "condition", "not", "and", "or"]);
    if (kind === "text") return { kind, text: pick(texts), place };
    if (kind === "regex") return { kind, pattern: pick(patterns), place };
    if (kind === "condition") {
      const operator = pick(OPERATORS.filter((sign) => sign !== "="));
      const words = /[<>]/.test(operator) ? values : [...values, "adam w", 'q"', "("];
      return {
        kind,
        quantity: { of: pick([null, ...FUNCTIONS]), name: pick(names) },
        operator,
        value: pick(words),
        place,
      };
    }
    if (kind === "not") return { kind, query: made(depth + 1) };
    const parts = Array.from({ length: 2 + Math.floor(next() * 2) }, () => made(depth + 1));
    return {
      kind: kind as "and" | "or",
      queries: parts.flatMap((part) => ("queries" in part && part.kind === kind ? part.queries : [part])),
    };
  }

  it("gives text that reads as the same query", () => {
    for (let round = 0; round < 3000; round++) {
      const query = made(0);
      const text = printQuery(query);
      expect([text, parsed(text)]).toEqual([text, bare(query)]);
    }
  });

  it("reads whatever is typed, or says what is wrong within it", () => {
    const pieces = [
      "a",
      "(",
      ")",
      '"',
      "/",
      "\\",
      " ",
      "OR",
      "AND",
      "NOT",
      "-",
      "<",
      "=",
      "!=",
      "min(",
      "0.3",
      "[",
      "]",
      "*",
    ];
    for (let round = 0; round < 5000; round++) {
      const text = Array.from({ length: Math.floor(next() * 9) }, () => pick(pieces)).join("");
      let query: Query | null = null;
      try {
        query = parseQuery(text);
      } catch (error) {
        expect(error, text).toBeInstanceOf(QueryError);
        const [from, to] = (error as QueryError).place;
        expect(from >= 0 && from <= to && to <= text.length, text).toBe(true);
      }
      if (query) expect([text, parsed(printQuery(query))]).toEqual([text, bare(query)]);
    }
  });
});

const NAMES = ["lr=0.1/adam", "lr=0.1/sgd", "lr=0.01/adam", "base"];

describe("evaluate", () => {
  const columns: Record<string, Values[]> = {
    loss: [[0.1], [0.5], [Number.NaN], []],
    lr: [[0.10000000149], [0.1], [0.01], []],
    optimizer: [["Adam"], ["sgd"], ["Adam", "sgd"], []],
    aug: [[true], [false], [], []],
  };
  const subject: Subject = {
    names: NAMES,
    values: ({ name }) => (name === "late" ? null : (columns[name] ?? `There is no ${name}`)),
    match: async ({ pattern }) => matchPattern(pattern, NAMES),
    matchWord: async (pattern) => matchPattern(pattern, NAMES),
  };
  const found = async (text: string) => {
    const bits = await evaluate(parseQuery(text) as Query, subject);
    return bits && NAMES.filter((_, index) => bits[index]);
  };

  it.each([
    ["ADAM", [0, 2]],
    ["adam lr=0.1/", [0]],
    ["adam OR base", [0, 2, 3]],
    ["-adam", [1, 3]],
    ["-(adam OR base)", [1]],
    ["/^lr=0.1\\// -sgd", [0]],
    ["loss<0.3", [0]],
    ["loss>=0.5 OR base", [1, 3]],
    ["loss==nan", [2]],
    ["lr=0.1", [0, 1]],
    ["lr==0.1", [0, 1]],
    ["lr!=0.1", [2]],
    ["lr<=0.1", [0, 1, 2]],
    ["lr>0.1", []],
    ["lr<0.1", [2]],
    ["lr<inf lr>-inf", [0, 1, 2]],
    ["lr=0.1/adam", [0]],
    ["optimizer=adam", [0, 2]],
    ["optimizer=adam loss<inf", [0]],
    ["aug=true", [0]],
    ["unheard=of", []],
  ])("finds what %s asks for", async (text, expected) => {
    expect(await found(text)).toEqual(expected.map((index) => NAMES[index]));
  });

  it("waits for values, and names what there is not", async () => {
    expect(await found("adam late<3")).toBeNull();
    await expect(found("adam never<3")).rejects.toMatchObject({ message: "There is no never", place: [5, 12] });
  });

  it("takes little time for 10,000 runs", async () => {
    const names = Array.from({ length: 10_000 }, (_, index) => `sweep/${index % 50}/run${index}`);
    const many: Subject = { ...subject, names, values: () => names.map((_, index) => [index / 10_000]) };
    const bits = await evaluate(parseQuery("run1 -run12 (loss<0.3 OR lr>0.9)") as Query, many);
    const expected = names.filter(
      (name, i) => name.includes("run1") && !name.includes("run12") && (i / 10_000 < 0.3 || i / 10_000 > 0.9),
    );
    expect(names.filter((_, index) => bits?.[index])).toEqual(expected);
  });
});

describe("the values of runs", () => {
  const known = { hparams: ["lr", "Optimizer"], tags: ["lr", "train/loss", "val/loss", "acc/top1"] };

  it("are found by name, by the end of a name, and refused with advice", () => {
    const source = (name: string, of: "min" | null = null) => findSource({ of, name }, known);
    expect(source("lr")).toEqual({ kind: "hparam", name: "lr" });
    expect(source("lr", "min")).toEqual({ kind: "metric", tag: "lr", of: "min" });
    expect(source("optimizer")).toEqual({ kind: "hparam", name: "Optimizer" });
    expect(source("top1")).toEqual({ kind: "metric", tag: "acc/top1", of: "last" });
    expect(source("loss")).toEqual({ problem: "Several metrics end in loss: train/loss, val/loss" });
    expect(source("optim")).toEqual({ problem: "There is no hyperparameter or metric optim; there is Optimizer" });
    expect(source("zzz")).toEqual({ problem: "There is no hyperparameter or metric zzz" });
  });

  it("come from the session of a run, of one above it or of those below", () => {
    const runs = ["exp", "exp/173", "trial/train", "trial/deep/er", "other"];
    const session = (run: string, lr: number) => ({ run, values: { lr } }) as unknown as Session;
    const sessions = [session("exp/173", 0.1), session("exp/174", 0.2), session("trial", 0.3)];
    const belonging = sessionsOfRuns(runs, sessions);
    expect(belonging).toEqual([[0, 1], [0], [2], [2], []]);
    expect(hparamColumn("lr", belonging, sessions)).toEqual([[0.1, 0.2], [0.1], [0.3], [0.3], []]);
    expect(hparamColumn("toString", belonging, sessions)).toEqual([[], [], [], [], []]);
  });

  it("are told by the runs that were answered for", () => {
    const answered = new Map([
      ["a", 0],
      ["b", 1],
      ["c", 2],
    ]);
    expect(metricColumn(["c", "a", "new"], answered, [1, null, "NaN"])).toEqual([[Number.NaN], [1], []]);
  });
});
