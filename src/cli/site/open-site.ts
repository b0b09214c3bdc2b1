/** Opens the root of a site, and refuses one among chunks or published files. */
import { quoted, refuse } from '../../core/unit/typed-text.js';
import type { Resolution } from '../../core/unit/resolution.js';
import { codeVersion } from '../../edge/process/version.js';
import { openStore, relativeRoot } from '../../edge/store-root.js';
import { linkTo } from '../../core/site/links.js';
import type { MakeDayPage, SiteEffects } from '../../jobs/site/write-symbol.js';
import type { SiteRequest } from '../../jobs/site/write-site.js';
import type { Effects, Store } from '../../jobs/ports.js';
import type { World } from '../command/command.js';
import type { Given } from '../option/option.js';
import { gcsEndpointOption } from '../option/options.js';
import { siteOption } from './site-options.js';

/** A folder of the output root that may hold a site: one that holds no symbol and no manifest. */
const SITE_FOLDER_PATTERN = /^_(?!manifest(?:\/|$))[^/]+(?:\/|$)/u;

export interface OpenedSite {
  readonly site: Store;
  /** The output root as a link from the site's root; undefined where none leads there. */
  readonly filesAt: string | undefined;
}

/** Undefined without `--site`. Uses no network. `raw`: undefined where the command knows none. */
export function openSite(
  given: Given,
  { raw, out }: { readonly raw: Store | undefined; readonly out: Store },
): OpenedSite | undefined {
  const uri = given.optional(siteOption);
  if (uri === undefined) return undefined;
  const where = given.where(siteOption);
  const site = openStore(uri, { gcsEndpoint: given.optional(gcsEndpointOption) });
  if (raw !== undefined && isWithin(relativeRoot(raw.root, uri))) {
    refuse(where, 'root', `${quoted(uri)}, inside the raw root`, 'a folder without chunks');
  }
  const below = relativeRoot(out.root, uri);
  if (isWithin(below) && !SITE_FOLDER_PATTERN.test(below ?? '')) {
    const found = `${quoted(uri)}, inside the output root`;
    refuse(where, 'root', found, "one of its folders that begin with '_', such as _site");
  }
  const filesAt = relativeRoot(uri, out.root);
  return { site, filesAt: filesAt === undefined ? undefined : linkTo(filesAt) };
}

/** What the job takes besides the calendar and the days. */
export function siteWork(
  { site, filesAt }: OpenedSite,
  effects: Pick<Effects, 'out' | 'codec' | 'clock' | 'tables'>,
  { environment }: Pick<World, 'environment'>,
  resolutions?: readonly Resolution[],
): { readonly request: Pick<SiteRequest, 'filesAt' | 'program'>; readonly effects: SiteEffects } {
  const { out, codec, clock } = effects;
  const names = (resolutions ?? []).map(({ name }) => name);
  // What draws a page, with which rows and links: pages that others drew are made again.
  const program = [codeVersion(environment), filesAt ?? '', ...names].join(' ');
  const makeDayPage = dayDrawing(effects, resolutions);
  return {
    request: { filesAt, program },
    effects: { out, site, codec, clock, makeDayPage },
  };
}

/** Loads what draws with the first page, and the modules of a page once. */
function dayDrawing(
  effects: Pick<Effects, 'out' | 'codec' | 'tables'>,
  resolutions: readonly Resolution[] | undefined,
): MakeDayPage {
  let loading: ReturnType<typeof loadDrawing> | undefined;
  return async (day) => {
    const { dayPage, kit } = await (loading ??= loadDrawing());
    return await dayPage({ ...day, resolutions }, { ...effects, kit });
  };
}

async function loadDrawing() {
  const [{ dayPage }, { pageKit }] = await Promise.all([
    import('../../jobs/view/day-page.js'),
    import('../../edge/page/page-kit.js'),
  ]);
  const modules = await pageKit.modules();
  return { dayPage, kit: { ...pageKit, modules: async () => await Promise.resolve(modules) } };
}

/** `''` is the root itself. */
function isWithin(relative: string | undefined): boolean {
  return relative !== undefined && relative !== '..' && !relative.startsWith('../');
}
