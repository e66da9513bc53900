/** Where the scripts lie that saved pages consist of, by dashboard and under "" for all others; empty where there are none. */
declare const __OFFLINE_SCRIPTS__: Readonly<Record<string, string>>;
