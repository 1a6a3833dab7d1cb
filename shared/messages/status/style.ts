/** What a status page is painted with. Every pair of ink and ground has a contrast of 4.5 or more, by day and by night. */
export const statusStyle = `:root{--ground:#f6f6f4;--card:#fff;--line:#dfdfd9;--ink:#22242a;--soft:#5d616b;--good:#1d6b40;--good-ground:#e7f4ec;--warn:#855000;--warn-ground:#fff4da;--bad:#b3261e;--bad-ground:#fdebe9;--calm:#2a5a9b;--calm-ground:#e8f0fb;--empty:#c9ccd2}
@media(prefers-color-scheme:dark){:root{--ground:#131416;--card:#1c1e21;--line:#33363b;--ink:#e8e9ec;--soft:#a8acb5;--good:#6cc592;--good-ground:#182c21;--warn:#e6ae4c;--warn-ground:#31270f;--bad:#ff8f86;--bad-ground:#3a1917;--calm:#8db9f4;--calm-ground:#172639;--empty:#474b52}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.6 system-ui,"PingFang SC","Noto Sans CJK SC",sans-serif;overflow-wrap:anywhere}
header,main,footer{max-width:46rem;margin:0 auto;padding:0 1rem}
header{display:flex;align-items:center;gap:.8rem;padding-top:1.6rem}
header img{max-height:3rem;max-width:12rem}
h1{font-size:1.35rem;margin:0}
main>.card{margin-top:1.6rem}
.card h1{font-size:1rem;font-weight:400}
h2{font-size:1.1rem;margin:2.2rem 0 .8rem}
h3{font-size:1rem;margin:0}
a{color:var(--calm)}
.now{margin:1.2rem 0 .4rem;padding:1rem 1.1rem;border-radius:.7rem;font-size:1.2rem;font-weight:650;border-left:.4rem solid}
.soft{color:var(--soft);margin:.2rem 0;font-size:.9rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:.7rem;padding:1rem 1.1rem;margin:.8rem 0}
.row{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:baseline;gap:.2rem .8rem}
.word{border-radius:.4rem;padding:.05rem .5rem;font-size:.9rem;font-weight:600;white-space:nowrap}
.operational,.resolved{color:var(--good);background:var(--good-ground)}
.degraded,.identified,.monitoring{color:var(--warn);background:var(--warn-ground)}
.partial,.major,.investigating{color:var(--bad);background:var(--bad-ground)}
.maintenance{color:var(--calm);background:var(--calm-ground)}
.unknown{color:var(--soft);background:var(--ground)}
.now.unknown{background:var(--card)}
svg{display:block;width:100%;height:2.2rem;margin:.6rem 0 .1rem}
.d0{fill:var(--empty)}.d1{fill:var(--good)}.d2{fill:var(--warn)}.d3{fill:var(--bad)}
.ends{display:flex;justify-content:space-between;color:var(--soft);font-size:.8rem}
.posts{list-style:none;margin:.6rem 0 0;padding:0}
.posts li{padding:.6rem 0 0;margin:.6rem 0 0;border-top:1px solid var(--line)}
.posts p{margin:.2rem 0 0;white-space:pre-line}
.notice{background:var(--warn-ground);color:var(--warn);border-radius:.6rem;padding:.7rem 1rem;margin:1rem 0}
label{display:block;font-weight:600;margin:.6rem 0 .2rem}
input{width:100%;font:inherit;color:inherit;background:var(--ground);border:1px solid var(--soft);border-radius:.5rem;min-height:44px;padding:.55rem .7rem}
button{font:inherit;font-weight:600;margin:.7rem 0 0;min-height:44px;padding:.6rem 1.1rem;border:0;border-radius:.5rem;background:var(--ink);color:var(--card);cursor:pointer}
:focus-visible{outline:3px solid var(--calm);outline-offset:2px}
footer{margin:2.5rem auto;padding-top:1rem;border-top:1px solid var(--line);display:flex;flex-wrap:wrap;gap:.4rem 1.2rem}
footer a,.button{display:inline-flex;align-items:center;min-width:44px;min-height:44px}
`
