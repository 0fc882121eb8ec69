// XML: whether it is well-formed. No entity and no schema is fetched.
import { SaxesParser } from 'saxes';

export const xmlParser = (text: string) => () => {
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(text).close();
};
