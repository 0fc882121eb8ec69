const { EventEmitter } = require('node:events');
const bus = new EventEmitter();
bus.emit('error', new Error('bus broke'));
