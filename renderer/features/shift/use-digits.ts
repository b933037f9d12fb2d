import { useKeys } from '../../ui/keys.ts';

/** 1, 2, 3 … choose the first, second, third of a few. Give it to the component around the dialog. */
export function useDigits<T>(choices: readonly T[], onChoose: (choice: T) => void, active: boolean): void {
  useKeys(Object.fromEntries(choices.map((choice, index) => [String(index + 1), () => onChoose(choice)])), {
    active,
  });
}
