// Made by `node bin/write-search.js`: the tables of `byte-tables.ts` for the shipped keywords, in base64.
export const MADE_FOR = '1182-1619110632';
export const MADE_TABLES =
  'hAXQOjIkJU2YwIiA3IB0AIAA+IgPl8/9AAAAAAAAsAAkARYxgNKQUHg6aBAVAEAFAAAIAN8nXycQkAAgAAAAAICAt/CQsZjokOI6gfaAiPaAgKeqQ79rPACAMBAAAAAAxQALCBHQYJBBgSsJAw8QBAkAGyNx4X/HAAAAAACAgACapdQLUCYUgHAAOAgIgoAAAAAKqq1SsNaAAACAAAAAAK+5/emrKy15uSkiIeGjoakBAW2L8GX0JoAAAAAAgAAA';
