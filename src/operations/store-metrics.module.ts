import { Inject, Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { Registry } from 'prom-client';
import type { EventStore, Position } from '#event-store';
import type { StoreWatch } from './store-watch.js';

export interface WatchedStore {
  readonly store: EventStore;
  readonly storeWatch: StoreWatch;
}

const WATCHED_STORE = Symbol('WATCHED_STORE');

/** Shows in `/metrics` how the event store is doing. */
@Module({})
export class StoreMetricsModule {
  constructor(
    @Inject(WATCHED_STORE) show: (registry: Registry) => void,
    @Inject(Registry) registry: Registry,
  ) {
    show(registry);
  }

  /** @param measure how far a position is into the log */
  static over({ store, storeWatch }: WatchedStore, measure: (position: Position) => number): DynamicModule {
    const show = (registry: Registry): void => storeWatch.showIn(registry, store, measure);
    return { module: StoreMetricsModule, providers: [{ provide: WATCHED_STORE, useValue: show }] };
  }
}
