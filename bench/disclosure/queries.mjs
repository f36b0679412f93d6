// Questions to a frozen release, through the application: a breakdown by three attributes, as JSON and as a chart.
import { loadSettings } from '../../dist/src/config/index.js';
import { releaseStore } from '../../dist/src/indicators/release/release-store.js';
import { openInstallation } from '../../dist/src/installation.js';
import { makeDataDirectory, startApplication, tokenFor } from '../application.mjs';

const questions = 200;
const forms = { JSON: 'application/json', 'a chart': 'image/svg+xml' };

/** Each question after the answer to the one before. */
export const askRelease = async (release, progress) => {
  const data = await makeDataDirectory();
  try {
    const installation = await openInstallation(
      loadSettings({ ...process.env, KIM_DATA_DIR: data.folder, KIM_DEMO_JOURNEYS: '0' }),
    );
    await releaseStore(installation.database).freeze(release, new Date().toISOString(), []);
    await installation.close();
    const application = await startApplication(data.folder);
    try {
      const headers = { authorization: `Bearer ${await tokenFor(application.address, 'analyst')}` };
      const paths = release.tables
        .filter(({ audience, by }) => audience === 'analyst' && by.split(',').length === 3)
        .map(({ indicator, by }) => `/v1/indicators/${indicator}?release=${release.id}&by=${by}`);
      const rows = [];
      for (const [form, accept] of Object.entries(forms)) {
        progress(`asking for ${form}`);
        const took = [];
        for (let asked = 0; asked < questions; asked += 1) {
          const began = performance.now();
          const answer = await fetch(`${application.address}${paths[asked % paths.length]}`, {
            headers: { ...headers, accept },
          });
          await answer.text();
          if (answer.status !== 200) throw new Error(`Answered with ${answer.status}`);
          took.push(performance.now() - began);
        }
        took.sort((one, other) => one - other);
        rows.push({
          what: `query by three attributes, ${form}`,
          'p50 ms': Math.round(took[questions / 2]),
          'p95 ms': Math.round(took[Math.floor(questions * 0.95)]),
        });
      }
      return rows;
    } finally {
      await application.stop();
    }
  } finally {
    await data.remove();
  }
};
