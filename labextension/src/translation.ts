import { type ITranslator, nullTranslator, type TranslationBundle } from "@jupyterlab/translation";

const DOMAIN = "cellboard";

let bundle: TranslationBundle = nullTranslator.load(DOMAIN);

/** Speak the language of Jupyter's page from now on. */
export function speakWith(translator: ITranslator | null | undefined): void {
  bundle = (translator ?? nullTranslator).load(DOMAIN);
}

/** What is said to people: `trans.__("Stop %1", name)`, in English until `speakWith` was called. */
export const trans = {
  __: (text: string, ...values: (string | number)[]): string => bundle.__(text, ...values.map(String)),
  _n: (one: string, many: string, count: number, ...values: (string | number)[]): string =>
    bundle._n(one, many, count, ...values.map(String)),
};
