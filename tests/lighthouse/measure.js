// Runs Lighthouse on a post page and fails unless performance, accessibility, best practices and SEO all score 100.
// Starts a blog with the sample posts on a port that the kernel chooses, or measures the page given as the argument.

import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { launch } from 'chrome-launcher'
import lighthouse from 'lighthouse'

// A post with a picture, code, a series and a table of contents.
const post = '/posts/why-pages-are-static-but-comments-are-not'
const here = path.dirname(fileURLToPath(import.meta.url))
const debian = '/usr/bin/chromium'
const minScore = 100

// Starts the blog. Returns the address of the post, once it can be read, and a function that stops the blog.
async function startBlog() {
  const data = mkdtempSync(path.join(tmpdir(), 'blog-lighthouse-'))
  const project = path.join(here, '..', '..', 'functions')
  const run = ['run', '--project', project, '-c', 'Release', '--', '--data', data, '--port', '0']
  const blog = spawn('dotnet', run, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise((resolve) => blog.once('exit', resolve))
  const end = async () => {
    blog.kill('SIGTERM')
    await ended
    rmSync(data, { recursive: true, force: true })
  }
  const address = await new Promise((resolve, reject) => {
    let output = ''
    blog.stdout.on('data', (text) => {
      output += text
      const read = /^Read: +(\S+)$/m.exec(output) // printed once the samples are published
      if (read) resolve(read[1])
    })
    ended.then(() => reject(new Error('The blog ended instead of starting; its reason is above.')))
  })
  return { address: address + post, end }
}

async function measure(address) {
  const chrome = await launch({
    chromePath: process.env.CHROMIUM_PATH ?? (existsSync(debian) ? debian : undefined),
    chromeFlags: [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
  try {
    return await lighthouse(address, { port: chrome.port, output: 'html', logLevel: 'error' })
  } finally {
    chrome.kill()
  }
}

const blog = process.argv[2] ? { address: process.argv[2], end() {} } : await startBlog()
try {
  const { lhr, report } = await measure(blog.address)
  const results = path.join(here, '..', 'TestResults')
  mkdirSync(results, { recursive: true })
  writeFileSync(path.join(results, 'lighthouse.html'), report)

  const scores = Object.values(lhr.categories).map(({ title, score }) => ({ title, score: Math.round(score * 100) }))
  for (const { title, score } of scores) console.log(`${String(score).padStart(3)} ${title}`)
  for (const { auditRefs } of Object.values(lhr.categories)) {
    for (const { id, weight } of auditRefs) {
      const audit = lhr.audits[id]
      if (weight > 0 && audit.score !== null && audit.score < 1) {
        console.log(`    ${audit.title} ${audit.displayValue ?? ''}`)
      }
    }
  }
  console.log(`    The report is ${path.relative(process.cwd(), path.join(results, 'lighthouse.html'))}.`)
  process.exitCode = scores.length === 4 && scores.every(({ score }) => score >= minScore) ? 0 : 1
} finally {
  await blog.end()
}
