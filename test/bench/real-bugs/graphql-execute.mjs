// A service one field of which has nothing to give while another one is still being fetched: the process dies of it.
import { execute, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString, parse } from 'graphql';

const type = new GraphQLNonNull(GraphQLString);
const later = async () => {
  await new Promise((resolve) => setTimeout(resolve, 10));
  return null;
};
const query = new GraphQLObjectType({ name: 'Query', fields: { name: { type, resolve: () => null }, price: { type, resolve: later } } });
const answer = await execute({ schema: new GraphQLSchema({ query }), document: parse('{ price name }') });
console.log(JSON.stringify(answer));
await new Promise((resolve) => setTimeout(resolve, 100));
