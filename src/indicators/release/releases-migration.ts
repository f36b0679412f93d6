import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Frozen releases with their tables. Nothing in them is ever changed. */
export class CreateReleases1764100000000 implements MigrationInterface {
  readonly name = 'CreateReleases1764100000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('CREATE SCHEMA IF NOT EXISTS kim');
    await queryRunner.query(`
      CREATE TABLE kim.releases (
        id text COLLATE "C" PRIMARY KEY,
        hash text NOT NULL,
        frozen_at timestamptz NOT NULL,
        description jsonb NOT NULL
      )`);
    await queryRunner.query(`
      CREATE TABLE kim.release_tables (
        release text COLLATE "C" NOT NULL REFERENCES kim.releases,
        audience text NOT NULL CHECK (audience IN ('analyst', 'public')),
        indicator text NOT NULL,
        breakdown text NOT NULL,
        figures text NOT NULL,
        PRIMARY KEY (release, audience, indicator, breakdown)
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE kim.release_tables, kim.releases');
  }
}

/** The true counts behind each released figure, sealed: what a later release is attacked with. */
export class KeepReleaseCounts1764200000000 implements MigrationInterface {
  readonly name = 'KeepReleaseCounts1764200000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE kim.release_counts (
        release text COLLATE "C" NOT NULL REFERENCES kim.releases,
        indicator text NOT NULL,
        figure text NOT NULL,
        counts text NOT NULL,
        PRIMARY KEY (release, indicator, figure)
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE kim.release_counts');
  }
}
