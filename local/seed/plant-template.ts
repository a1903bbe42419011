import type { ContentInput, ConversationsService } from '../../emulator/index.ts';
import { CONTENT_SHAPES } from '../../lib/rules/compile/content/content-types.ts';
import { asMapping } from '../../lib/rules/compile/file-names.ts';
import type { Path } from '../../lib/rules/compile/locate.ts';
import { definitionSchema } from '../../lib/rules/compile/schema.ts';
import type { Spot } from '../../lib/rules/compile/spot.ts';
import { templateShape } from './seed-shapes.ts';

/** Adds a content template, or tells what is wrong with it. */
export function plantTemplate(
  service: Pick<ConversationsService, 'addContent'>,
  given: unknown,
  spot: Spot,
): void {
  const before = spot.problemCount();
  const { sid: _, approved: __, ...definition } = asMapping(given);
  const beside = spot.check(templateShape, asMapping(given));
  const checked = spot.check(definitionSchema, definition);
  for (const [type, content] of Object.entries(checked?.types ?? {})) {
    const shape = Object.hasOwn(CONTENT_SHAPES, type) ? CONTENT_SHAPES[type] : undefined;
    if (shape !== undefined) spot.at('types', type).check(shape, content);
  }
  if (beside === undefined || spot.problemCount() > before) return;
  const { sid, approved } = beside;
  try {
    service.addContent(definition as ContentInput, {
      ...(sid === undefined ? {} : { sid }),
      ...(approved === undefined ? {} : { approved }),
    });
  } catch (error) {
    for (const { path } of issuesOf(error)) {
      spot
        .at(...path)
        .problem(
          'The Content API does not take this. docs/local-service.md says where its types are described.',
        );
    }
  }
}

/** @throws the error when it is none of a shape */
function issuesOf(error: unknown): readonly { readonly path: Path }[] {
  if (error instanceof Error && 'issues' in error && Array.isArray(error.issues)) return error.issues;
  throw error;
}
