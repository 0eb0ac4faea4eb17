import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  isClean,
  judge,
  marks,
  networkLine,
  networkUse,
  obstacleToWatching,
  watched,
} from './network-watch.ts';

describe('networkUse', () => {
  it('counts every address of another machine', () => {
    const log = [
      '7 connect(3, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.7")}, 16) = -1 EINPROGRESS',
      '7 connect(3, {sa_family=AF_INET6, sin6_port=htons(53), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "2001:db8::1", &sin6_addr), sin6_scope_id=0}, 28) = 0',
      '8 sendto(4, ""..., 40, MSG_NOSIGNAL, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("192.0.2.7")}, 16 <unfinished ...>',
      '8 sendmmsg(5, [{msg_hdr={msg_name={sa_family=AF_INET, sin_port=htons(9), sin_addr=inet_addr("192.0.2.8")}, msg_namelen=16}}, {msg_hdr={msg_name={sa_family=AF_INET, sin_port=htons(9), sin_addr=inet_addr("192.0.2.9")}}}], 2, 0) = 2',
    ];
    expect(networkUse(log.join('\n'))).toEqual({
      toThisMachine: 0,
      toOthers: { '192.0.2.7': 2, '2001:db8::1': 1, '192.0.2.8': 1, '192.0.2.9': 1 },
      onPurpose: {},
    });
  });

  it('counts what it does not know as foreign', () => {
    const log =
      '7 connect(3, {sa_family=AF_VSOCK, svm_cid=0x2, svm_port=9}, 16) = 0\n7 connect(3, {sa_family=0x99, sa_data=""}, 16)';
    expect(networkUse(log).toOthers).toEqual({ AF_VSOCK: 1, '0x99': 1 });
  });

  it('lets pass what stays on this machine', () => {
    const log = [
      '7 connect(3, {sa_family=AF_UNIX, sun_path="/tmp/.X11-unix/X99"}, 110) = 0',
      '7 sendto(3, [{nlmsg_len=20, nlmsg_type=RTM_GETADDR}], 20, 0, {sa_family=AF_NETLINK, nl_pid=0, nl_groups=00000000}, 12) = 20',
      '7 connect(3, {sa_family=AF_UNSPEC, sa_data=""}, 16) = 0',
      '7 connect(3, {sa_family=AF_INET, sin_port=htons(1), sin_addr=inet_addr("127.0.0.1")}, 16) = -1 ECONNREFUSED',
      '7 connect(3, {sa_family=AF_INET6, sin6_port=htons(1), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "::1", &sin6_addr), sin6_scope_id=0}, 28) = -1',
    ];
    expect(networkUse(log.join('\n'))).toEqual({ toThisMachine: 2, toOthers: {}, onPurpose: {} });
  });
});

it('networkUse sets apart what was tried on purpose', () => {
  const to = (address: string) =>
    `7 sendmsg(3, {msg_name={sa_family=AF_INET, sin_port=htons(9), sin_addr=inet_addr("${address}")}, 0) = 1`;
  const addresses = ['192.0.2.1', marks.begin, '192.0.2.2', '127.0.0.1', marks.end, '192.0.2.3'];
  expect(networkUse(addresses.map(to).join('\n'))).toEqual({
    toThisMachine: 1,
    toOthers: { '192.0.2.1': 1, '192.0.2.3': 1 },
    onPurpose: { '192.0.2.2': 1 },
  });
});

describe('judge', () => {
  it('is content when only what was planted was tried, and was seen', () => {
    const verdict = judge({ toThisMachine: 9, toOthers: {}, onPurpose: { '192.0.2.1': 2 } }, ['192.0.2.1']);
    expect(isClean(verdict)).toBe(true);
    expect(networkLine(verdict)).toBe(
      'network: 0 attempts to reach another machine; 1 of 1 planted ones seen',
    );
  });

  it('is not when anything else was tried', () => {
    const verdict = judge({ toThisMachine: 9, toOthers: { '8.8.8.8': 3 }, onPurpose: { '192.0.2.1': 1 } }, [
      '192.0.2.1',
    ]);
    expect(isClean(verdict)).toBe(false);
    expect(networkLine(verdict)).toContain('3 attempts to reach another machine (8.8.8.8); 1 of 1');
  });

  it('nor when it cannot see', () => {
    const missed = judge({ toThisMachine: 9, toOthers: {}, onPurpose: {} }, ['192.0.2.1']);
    expect(isClean(missed)).toBe(false);
    expect(networkLine(missed)).toContain('0 of 1 planted ones seen');
    const blind = judge({ toThisMachine: 0, toOthers: {}, onPurpose: {} }, []);
    expect(isClean(blind)).toBe(false);
    expect(networkLine(blind)).toContain('NOT WATCHED');
  });
});

describe.skipIf(obstacleToWatching() !== undefined)('watched', () => {
  it('sees what a process and its children ask for, and hands on how they end', () => {
    const folder = mkdtempSync(join(tmpdir(), "semblance-watch'-"));
    const log = join(folder, 'calls.log');
    // Addresses that belong to nobody (RFC 5737).
    const send = (to: string) =>
      `require('node:dgram').createSocket('udp4').send('x', 9, '${to}', () => process.exit(7))`;
    const script = `require('node:child_process').execFile(process.execPath, ['-e', ${JSON.stringify(send('192.0.2.1'))}], () => { ${send('198.51.100.1')} })`;
    const [program, ...args] = watched([process.execPath, '-e', script], log);
    expect(spawnSync(program, args).status).toBe(7);
    expect(networkUse(readFileSync(log, 'utf8')).toOthers).toEqual({ '192.0.2.1': 1, '198.51.100.1': 1 });
    rmSync(folder, { recursive: true });
  });
});
