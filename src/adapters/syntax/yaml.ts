// YAML: every document of the file. A tag that is not known is no error.
import { parseAllDocuments } from 'yaml';

export const yamlParser = (text: string) => () => {
  const documents = parseAllDocuments(text, { logLevel: 'error' });
  const [error] = 'empty' in documents ? [] : documents.flatMap(({ errors }) => errors);
  if (error) throw error;
};
