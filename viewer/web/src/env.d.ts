/** Where the script lies that a saved page consists of, relative to the page; empty where there is none. */
declare const __OFFLINE_SCRIPT__: string;
