/** Buttons that the page around a card adds to those of the card itself. */

import { type ComponentChildren, createContext } from "preact";

export const CardActions = createContext<ComponentChildren>(null);
