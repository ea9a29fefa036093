import { expect, it, vi } from 'vitest';
import { whenNeeded } from '../../../lib/adapters/when-needed.ts';

interface Greeter {
  greet(name: string): Promise<string>;
  wave(): Promise<string>;
}
const greeter: Greeter = {
  greet: (name) => Promise.resolve(`hello ${name}`),
  wave: () => Promise.resolve('waves'),
};

it('is made once, when it is first asked', async () => {
  const make = vi.fn(() => Promise.resolve(greeter));
  const port = whenNeeded<Greeter>(make);
  expect(make).not.toHaveBeenCalled();
  expect(await Promise.all([port.greet('you'), port.greet('world')])).toEqual(['hello you', 'hello world']);
  expect(make).toHaveBeenCalledTimes(1);
});

it('is not made for what is at hand, nor by whoever awaits it', async () => {
  const make = vi.fn(() => Promise.resolve({ greet: (name: string) => greeter.greet(name) }));
  const port = whenNeeded<Greeter, 'wave'>(make, { wave: () => greeter.wave() });
  expect(await (await Promise.resolve(port)).wave()).toBe('waves');
  expect(make).not.toHaveBeenCalled();
  expect(await port.greet('you')).toBe('hello you');
});

it('says why it cannot be made to everyone who asks', async () => {
  const port = whenNeeded<Greeter>(() => Promise.reject(new Error('gone')));
  await expect(port.wave()).rejects.toThrow('gone');
  await expect(port.greet('you')).rejects.toThrow('gone');
});
