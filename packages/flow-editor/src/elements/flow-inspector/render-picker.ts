import type { Field } from '@alur/flow';
import { html, nothing } from 'lit';
import type { FlowDirectory } from '../../directory.ts';
import { listSummaryRows, summariseCard } from '../../kinds/summary-rows.ts';
import { appearanceOfCard } from '../../kinds/appearance.ts';
import type { SummaryContext } from '../../kinds/editor-kind.ts';
import { zoneOptions } from '../../kinds/zone-options.ts';
import { icon } from '../../styles/icons.ts';
import { isAboutFlowZone } from '../problem-text.ts';
import type { PickerOption } from '../flow-picker/flow-picker.ts';
import type { ValueChange } from '../value-change.ts';
import type { FieldScene } from './field-scene.ts';
import { renderFault } from './render-fault.ts';

type PickedField = Field & { type: 'ids' | 'id' | 'card' | 'time-zone' };

/** Renders a field with a picker: people, labels, a card, a time zone. */
export function renderPicker(
  field: PickedField,
  label: string,
  value: unknown,
  isInvalid: boolean,
  scene: FieldScene,
) {
  const { flow, strings, readonly, set } = scene;
  const isMany = field.type === 'ids';
  // Without a zone the flow's zone is used. Any other empty selection is missing.
  const nothingChosen = field.type === 'time-zone' ? undefined : null;
  return html`<flow-picker
    id="field-${field.name}"
    .options=${optionsFor(field, scene, value)}
    .value=${isMany ? ((value as string[] | undefined) ?? []) : value ? [value as string] : []}
    .label=${label}
    .placeholder=${field.type === 'time-zone' ? strings.fields.zoneOfFlow(flow.timeZone) : ''}
    .strings=${strings}
    ?multiple=${isMany}
    ?invalid=${isInvalid}
    ?disabled=${readonly}
    @value-change=${({ value: ids }: ValueChange<string[]>) =>
      set(field.name, isMany ? ids : (ids[0] ?? nothingChosen))}
  ></flow-picker>`;
}

/** Renders the picker of the flow's time zone, for the details of Start Point. */
export function renderFlowZone(
  { flow, strings, readonly, problems }: FieldScene,
  change: (timeZone: string) => void,
) {
  const { fields } = strings;
  const own = problems.filter(isAboutFlowZone);
  return html`<div class="field" data-field="timeZone">
    <label for="field-timeZone">${fields.flowZone}</label>
    <flow-picker
      id="field-timeZone"
      .options=${zoneOptions(flow.timeZone)}
      .value=${flow.timeZone ? [flow.timeZone] : []}
      .label=${fields.flowZone}
      .strings=${strings}
      ?invalid=${own.some(({ severity }) => severity === 'error')}
      ?disabled=${readonly}
      @value-change=${({ value: [zone] }: ValueChange<string[]>) => change(zone ?? '')}
    ></flow-picker>
    ${own.map((problem) => renderFault(problem, { strings }))}
    <p class="hint">${fields.flowZoneHint}</p>
  </div>`;
}

/** Renders the current members of the selected teams. They are not stored. */
export function renderMembers(teamIds: string[], { directory, strings }: FieldScene) {
  const teams = directory?.teams.filter(({ id }) => teamIds.includes(id)) ?? [];
  return teams.map((team) => {
    const members = team.agentIds.map((id) => directory?.agents.find((agent) => agent.id === id)?.name ?? id);
    return html`<div class="members">
      <span class="hint">${strings.fields.members(team.name)}</span>
      <ul aria-label=${strings.fields.members(team.name)}>
        ${members.map((name) => html`<li class="chip">${icon('person', 14)}<span class="text">${name}</span></li>`)}
      </ul>
      ${members.length === 0 ? html`<span class="hint">${strings.fields.noMembers}</span>` : nothing}
    </div>`;
  });
}

function optionsFor(field: PickedField, scene: FieldScene, value: unknown): PickerOption[] | null {
  if (field.type === 'card') return targetsOf(scene);
  if (field.type !== 'time-zone') return optionsOf(field.of, scene);
  return zoneOptions(scene.flow.timeZone, typeof value === 'string' ? value : undefined);
}

function optionsOf(list: keyof FlowDirectory, { directory, strings }: FieldScene): PickerOption[] | null {
  if (!directory) return null;
  switch (list) {
    case 'labels':
      return directory.labels;
    case 'agents':
      return directory.agents.map((agent) => ({
        ...agent,
        detail: agent.online ? strings.fields.online : '',
      }));
    default:
      return directory[list];
  }
}

/** Returns the cards that a jump may lead to, with their display names. */
function targetsOf({ flow, cardId, directory, strings, kinds }: FieldScene): PickerOption[] {
  const never = new Set(['start', 'condition', 'else', 'button']);
  const targets = Object.entries(flow.cards)
    .filter(([id, card]) => id !== cardId && !never.has(card.kind))
    .map(([id, card]) => {
      const appearance = appearanceOfCard(card, kinds);
      const name = card.title || summariseCard(card, { flow, directory, strings, kinds });
      return {
        id,
        name,
        icon: appearance.icon,
        tint: appearance.tint,
        detail: card.title ? appearance.name : '',
      };
    });
  const counts = new Map<string, number>();
  for (const { name } of targets) counts.set(name, (counts.get(name) ?? 0) + 1);
  // Add the branches that lead to a card if its name is not unique.
  return targets.map((target) =>
    counts.get(target.name) === 1
      ? target
      : { ...target, detail: pathTo(target.id, { flow, directory, strings, kinds }) },
  );
}

/** Returns the branches on the path from Start Point to a card, such as `vip › Else`. */
function pathTo(cardId: string, scene: SummaryContext): string {
  const { kinds } = scene;
  const { cards } = scene.flow;
  const parents = new Map(
    Object.entries(cards).flatMap(([id, { next }]) => next.map((child) => [child, id])),
  );
  const names: string[] = [];
  for (let id = parents.get(cardId); id !== undefined; id = parents.get(id)) {
    const card = cards[id]!;
    if (card.kind === 'else') names.unshift(appearanceOfCard(card, kinds).name);
    else if (card.kind === 'condition' || card.kind === 'button')
      names.unshift(
        card.title || listSummaryRows(card, scene)[0]?.text || appearanceOfCard(card, kinds).name,
      );
  }
  return names.join(' › ');
}
