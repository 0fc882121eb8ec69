// TOML, XML and YAML. Each function loads its library and gives the parsing itself, which throws.
// A CommonJS library that is loaded late is its `default`: the bundle gives no other name of it.

/** TOML 1.0. */
export async function tomlParser(text: string): Promise<() => unknown> {
  const { parse } = await import('smol-toml');
  return () => parse(text);
}

/** Whether it is well-formed. No entity and no schema is fetched. */
export async function xmlParser(text: string): Promise<() => unknown> {
  const { SaxesParser } = (await import('saxes')).default;
  return () => {
    const parser = new SaxesParser();
    parser.on('error', (error) => {
      throw error;
    });
    parser.write(text).close();
  };
}

/** Every document of the file. A tag that is not known is no error. */
export async function yamlParser(text: string): Promise<() => unknown> {
  const { parseAllDocuments } = (await import('yaml')).default;
  return () => {
    const documents = parseAllDocuments(text, { logLevel: 'error' });
    const [error] = 'empty' in documents ? [] : documents.flatMap(({ errors }) => errors);
    if (error) throw error;
  };
}
