process.emitWarning('old call', 'DeprecationWarning', 'DEP0999');
process.emitWarning('careful');
