// Made by `node bin/write-search.js`: the tables of `byte-tables.ts` for the shipped keywords, in base64.
export const MADE_FOR = '1280-202753272';
export const MADE_TABLES =
  'jGmhY2g+p5wrEVAAUQCgCAAAIxD/j9/yAAAAAAgAEACogA5gEmkoEOQ6QEB1QAGEAAACAPVu9+4IAAAQAAAAAACIryQIaTgpMYJiwK4AkSkAAL9Cz7/fNAAQAAAIAAAADwDLcZCJUBAYylgMHGATAEoA31wQ7fCNAAAAAAgGGwDTPANJAq0vE1ABSxhAwQOEAACYwP8Qs4UbHgAWAAAAAO5ubW18/Gx9b29MbG5uaG5vbG7sQfwDtgICGRgIBgAA';
