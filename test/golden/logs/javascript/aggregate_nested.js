const inner = new Error('inner', { cause: new TypeError('root') });
throw new AggregateError([inner, new Error('two')], 'several failed');
