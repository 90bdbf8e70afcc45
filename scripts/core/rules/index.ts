/** The state rules, in the order in which a person would check them. */
import type { Workspace } from '../model.ts';
import type { Problem } from '../problems/problem.ts';
import { accountsAreKeptAsAsked } from './accounts-are-kept-as-asked.ts';
import { archivedIsIdle } from './archived-is-idle.ts';
import { avatarIsImage } from './avatar-is-image.ts';
import { datesAreReal } from './dates-are-real.ts';
import { deliveryFitsApp } from './delivery-fits-app.ts';
import { domainsAreOrigins } from './domains-are-origins.ts';
import { languagesAreComplete } from './languages-are-complete.ts';
import { linksCanBeFilled } from './links-can-be-filled.ts';
import { managersAreHere } from './managers-are-here.ts';
import { membersHaveAdmin } from './members-have-admin.ts';
import { namesAreDistinct } from './names-are-distinct.ts';
import { oneDefaultApp } from './one-default-app.ts';
import { onePendingVersion } from './one-pending-version.ts';
import { pathIsIdentity } from './path-is-identity.ts';
import { peopleAreDistinct } from './people-are-distinct.ts';
import { referencesExist } from './references-exist.ts';
import { releasePointsRight } from './release-points-right.ts';
import { reportFiguresAgree } from './report-figures-agree.ts';
import { reviewerIsAnother } from './reviewer-is-another.ts';
import { rolloutReachesSomebody } from './rollout-reaches-somebody.ts';
import { rowsAreUnique } from './rows-are-unique.ts';
import { applyRules, type ComparingRule, type Rule } from './rule.ts';
import { runtimesAddUp } from './runtimes-add-up.ts';
import { scenariosHold } from './scenarios-hold.ts';
import { versionsRise } from './versions-rise.ts';
import { whitelistHasEffect } from './whitelist-has-effect.ts';

export const rules: readonly Rule[] = [
  pathIsIdentity,
  referencesExist,
  rowsAreUnique,
  datesAreReal,
  oneDefaultApp,
  linksCanBeFilled,
  peopleAreDistinct,
  namesAreDistinct,
  membersHaveAdmin,
  managersAreHere,
  avatarIsImage,
  versionsRise,
  onePendingVersion,
  reviewerIsAnother,
  releasePointsRight,
  rolloutReachesSomebody,
  archivedIsIdle,
  deliveryFitsApp,
  runtimesAddUp,
  whitelistHasEffect,
  accountsAreKeptAsAsked,
  domainsAreOrigins,
  languagesAreComplete,
  reportFiguresAgree,
  scenariosHold,
];

/** Those that need all miniapps at once. */
export const comparingRules: readonly ComparingRule[] = [namesAreDistinct, runtimesAddUp];

/** Those that say of a miniapp the same whichever miniapps stand beside it. */
export const singleRules: readonly Rule[] = rules.filter((rule) => !comparingRules.some((one) => one.id === rule.id));

/** What every rule finds. Pure and total; `now` in milliseconds since 1970. */
export const checkRules = (workspace: Workspace, now: number): Problem[] => applyRules(rules, workspace, now);
