import type { ErrorShape } from '../../shared/errors.ts';
import type { Project } from '../../shared/project.ts';
import type { ProjectRule } from '../../shared/rules.ts';
import { errorShapeOf, type Client } from './client.ts';

/** The rules of a project as they are switched, written and removed. */
export class RulesForm {
  /** The rule being written. */
  text = $state('');
  error = $state.raw<ErrorShape | null>(null);
  busy = $state(false);
  readonly #client: Client;
  readonly #project: () => Project;
  readonly #take: (project: Project) => void;

  constructor(client: Client, project: () => Project, take: (project: Project) => void) {
    this.#client = client;
    this.#project = project;
    this.#take = take;
  }

  async toggle(text: string, on: boolean): Promise<void> {
    await this.#save(this.#project().rules.map((rule) => (rule.text === text ? { ...rule, on } : rule)));
  }

  /** Where it stood, for `putBack`; null where it was refused. */
  async remove(text: string): Promise<{ rule: ProjectRule; place: number } | null> {
    const { rules } = this.#project();
    const place = rules.findIndex((rule) => rule.text === text);
    const rule = rules[place];
    if (rule === undefined || !(await this.#save(rules.toSpliced(place, 1)))) return null;
    return { rule, place };
  }

  /** A removed rule at its place again, unless it has been written anew since. */
  async putBack({ rule, place }: { rule: ProjectRule; place: number }): Promise<boolean> {
    const { rules } = this.#project();
    if (rules.some(({ text }) => text === rule.text)) return true;
    return this.#save(rules.toSpliced(place, 0, rule));
  }

  /** Adds the rule being written; it stays in its field where it is refused. */
  async add(): Promise<void> {
    const text = this.text.trim();
    const others = this.#project().rules.filter((rule) => rule.text !== text);
    if (text !== '' && (await this.#save([...others, { text, origin: 'own', on: true }]))) this.text = '';
  }

  async #save(rules: ProjectRule[]): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    try {
      this.#take(await this.#client.call('projects.setRules', { projectId: this.#project().id, rules }));
      this.error = null;
      return true;
    } catch (error) {
      this.error = errorShapeOf(error);
      return false;
    } finally {
      this.busy = false;
    }
  }
}
