import { describe, expect, it } from 'vitest';
import { createCircuit } from '../../lib/reply/circuit.ts';

function circuitAt() {
  const time = { now: 0 };
  return { time, circuit: createCircuit({ now: () => time.now }) };
}

const fail = (circuit: { failed(): void }, times: number) => {
  for (let i = 0; i < times; i += 1) circuit.failed();
};

describe('the circuit', () => {
  it('stays closed through four failures in a row', () => {
    const { circuit } = circuitAt();
    fail(circuit, 4);
    expect(circuit.waitMs()).toBe(0);
  });

  it('opens for thirty seconds at the fifth', () => {
    const { circuit, time } = circuitAt();
    fail(circuit, 5);
    expect(circuit.waitMs()).toBe(30_000);
    time.now = 29_000;
    expect([circuit.waitMs(), circuit.waitMs()]).toEqual([1_000, 1_000]);
    time.now = 29_500;
    expect(circuit.waitMs()).toBe(500);
  });

  it('then lets one probe through and keeps the others waiting', () => {
    const { circuit, time } = circuitAt();
    fail(circuit, 5);
    time.now = 30_000;
    expect(circuit.waitMs()).toBe(0);
    expect(circuit.waitMs()).toBe(30_000);
  });

  it('closes when the probe succeeds', () => {
    const { circuit, time } = circuitAt();
    fail(circuit, 5);
    time.now = 30_000;
    circuit.waitMs();
    circuit.succeeded();
    expect([circuit.waitMs(), circuit.waitMs()]).toEqual([0, 0]);
  });

  it('opens again at once when the probe fails', () => {
    const { circuit, time } = circuitAt();
    fail(circuit, 5);
    time.now = 30_000;
    circuit.waitMs();
    circuit.failed();
    expect(circuit.waitMs()).toBe(30_000);
  });

  it('counts only failures in a row', () => {
    const { circuit } = circuitAt();
    fail(circuit, 4);
    circuit.succeeded();
    fail(circuit, 4);
    expect(circuit.waitMs()).toBe(0);
  });
});
