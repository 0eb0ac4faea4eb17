import type { ErrorShape } from '../../shared/errors.ts';
import type { Project } from '../../shared/project.ts';
import type { ProjectRule } from '../../shared/rules.ts';
import { errorShapeOf, type Client } from './client.ts';

/**
 * The rules of a project as they are switched, written and removed. What is asked while a change is on its way to the
 * engine waits for its turn: none is lost, and each builds on the one before.
 */
export class RulesForm {
  /** The rule being written. */
  text = $state('');
  error = $state.raw<ErrorShape | null>(null);
  readonly #client: Client;
  readonly #project: () => Project;
  readonly #take: (project: Project) => void;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(client: Client, project: () => Project, take: (project: Project) => void) {
    this.#client = client;
    this.#project = project;
    this.#take = take;
  }

  async toggle(text: string, on: boolean): Promise<void> {
    await this.#inTurn((rules) =>
      this.#save(rules.map((rule) => (rule.text === text ? { ...rule, on } : rule))),
    );
  }

  /** Where it stood, for `putBack`; null where it was refused. */
  async remove(text: string): Promise<{ rule: ProjectRule; place: number } | null> {
    return this.#inTurn(async (rules) => {
      const place = rules.findIndex((rule) => rule.text === text);
      const rule = rules[place];
      if (rule === undefined || !(await this.#save(rules.toSpliced(place, 1)))) return null;
      return { rule, place };
    });
  }

  /** A removed rule at its place again, unless it has been written anew since. */
  async putBack({ rule, place }: { rule: ProjectRule; place: number }): Promise<boolean> {
    return this.#inTurn(async (rules) => {
      if (rules.some(({ text }) => text === rule.text)) return true;
      return this.#save(rules.toSpliced(place, 0, rule));
    });
  }

  /** Adds the rule being written; it stays in its field where it is refused, and what is typed meanwhile stays, too. */
  async add(): Promise<void> {
    const written = this.text;
    const text = written.trim();
    if (text === '') return;
    await this.#inTurn(async (rules) => {
      const others = rules.filter((rule) => rule.text !== text);
      const added = await this.#save([...others, { text, origin: 'own', on: true }]);
      if (added && this.text === written) this.text = '';
    });
  }

  #inTurn<T>(change: (rules: readonly ProjectRule[]) => Promise<T>): Promise<T> {
    const next = this.#turn.then(() => change(this.#project().rules));
    this.#turn = next.catch(() => undefined);
    return next;
  }

  async #save(rules: ProjectRule[]): Promise<boolean> {
    try {
      this.#take(await this.#client.call('projects.setRules', { projectId: this.#project().id, rules }));
      this.error = null;
      return true;
    } catch (error) {
      this.error = errorShapeOf(error);
      return false;
    }
  }
}
