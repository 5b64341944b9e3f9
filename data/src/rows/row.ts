/** The values of a row in the order of its table's columns. */
export type Row = readonly (string | number)[];
