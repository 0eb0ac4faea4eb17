/**
 * Loaded before an app that is to try the network on purpose (see security.canaries.spec.ts): before it has closed
 * any door, main sends a datagram, and Chromium keeps one of its layers less than it should.
 */
const { createSocket } = require('node:dgram');
const { app } = require('electron');

const [toMain] = process.env.SEMBLANCE_CANARIES.split(' ');
const socket = createSocket('udp4');
socket.send('x', 9, toMain, () => socket.close());

const appendSwitch = app.commandLine.appendSwitch.bind(app.commandLine);
app.commandLine.appendSwitch = (name, value) => {
  if (name !== 'host-resolver-rules') appendSwitch(name, value);
};
