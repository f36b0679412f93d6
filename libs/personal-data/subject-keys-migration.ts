import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The table of the key ring. A row without a key is the tombstone of a destroyed one. */
export class CreateSubjectKeys1764000000000 implements MigrationInterface {
  readonly name = 'CreateSubjectKeys1764000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('CREATE SCHEMA IF NOT EXISTS kim');
    await queryRunner.query(`
      CREATE TABLE kim.subject_keys (
        subject text COLLATE "C" PRIMARY KEY,
        key_id uuid,
        wrapped_key bytea,
        created_at timestamptz NOT NULL DEFAULT now(),
        destroyed_at timestamptz,
        CHECK (num_nonnulls(wrapped_key, destroyed_at) = 1)
      )`);
  }

  /** Never: without its keys everybody's record would be erased, beyond any backup of the events. */
  down(): Promise<void> {
    return Promise.reject(new Error('The table of subject keys is not dropped: it would erase everybody'));
  }
}
