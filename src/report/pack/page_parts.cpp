// The style and the script of a pack's page.
#include "report/pack/page_parts.hpp"

namespace riskshare::report {

const char* const page_style = R"css(*{box-sizing:border-box}
html{font-family:Frutiger,Arial,sans-serif;font-size:100%;color:#212b32;background:#f0f4f5}
body{margin:0;line-height:1.5}
main,header div,footer{max-width:1180px;margin:0 auto;padding:0 16px}
header{background:#005eb8;color:#fff}
header div{padding-top:14px;padding-bottom:14px;font-weight:bold}
h1{font-size:2rem;line-height:1.2;margin:28px 0 8px}
h2{font-size:1.5rem;line-height:1.25;margin:0 0 16px}
h2 span{display:block;font-size:1rem;font-weight:normal;color:#4c6272}
h3{font-size:1.15rem;margin:20px 0 6px}
section{background:#fff;border:1px solid #d8dde0;padding:24px;margin:24px 0}
a{color:#005eb8}
a:visited{color:#330072}
a:hover{color:#7c2855}
a:focus,button:focus,[tabindex]:focus,summary:focus{outline:4px solid transparent;background:#ffeb3b;box-shadow:0 -2px #ffeb3b,0 4px #212b32;color:#212b32;text-decoration:none}
.skip{position:absolute;left:-999em}
.skip:focus{left:8px;top:8px;padding:8px}
.vh{position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0 0 0 0);white-space:nowrap}
.say{list-style:none;margin:0;padding:0}
.say li{padding:10px 0;border-bottom:1px solid #d8dde0;font-size:1.1rem}
.say li:last-child{border:0}
.say b{display:block;color:#003087;font-size:.95rem}
.cite{font-size:.85rem;color:#4c6272}
.say li,section li,p,h1,h2{overflow-wrap:anywhere}
nav ul{columns:3 220px;margin:0;padding-left:20px}
.scroll{overflow-x:auto;margin:0 0 16px;position:relative}
.scroll:focus{background:#fff;box-shadow:0 0 0 4px #ffeb3b,0 0 0 8px #212b32}
table{border-collapse:collapse;width:100%;font-size:.95rem}
caption{text-align:left;font-weight:bold;font-size:1.1rem;padding:8px 0}
th,td{text-align:left;padding:8px 12px 8px 0;border-bottom:1px solid #d8dde0;vertical-align:top}
tbody th{font-weight:normal;overflow-wrap:anywhere;min-width:9em}
td{overflow-wrap:anywhere}
.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums;overflow-wrap:normal}
thead .n{white-space:normal}
tr.t th,tr.t td{font-weight:bold;border-top:2px solid #212b32}
a.f{color:inherit;text-decoration:underline;text-decoration-color:#aeb7bd;text-underline-offset:3px}
a.f:hover{text-decoration-color:#212b32;background:#e8edee}
a.f:focus{background:#ffeb3b}
.note{color:#4c6272;font-size:.95rem;margin:0 0 16px}
figure{margin:0 0 20px}
figure svg{display:block;width:100%;min-width:640px;max-width:960px;height:auto;font-family:inherit}
figcaption{font-weight:bold;margin-bottom:6px}
.sev{display:inline-block;padding:0 8px;border:1px solid;font-weight:bold;font-size:.9rem}
.error .sev{background:#d5281b;color:#fff;border-color:#d5281b}
.warning .sev{background:#fff4d3;color:#212b32;border-color:#7a5500}
.note-f .sev{background:#e8edee;color:#212b32;border-color:#4c6272}
.findings{list-style:none;padding:0;margin:0}
.findings li{padding:12px 0;border-bottom:1px solid #d8dde0;overflow-wrap:anywhere}
dl.w dt{font-weight:bold;margin-top:12px}
dl.w dd{margin:0;overflow-wrap:anywhere}
dl.w div:target{background:#fff4d3}
#panel{position:absolute;z-index:2;max-width:min(440px,94vw);background:#fff;border:2px solid #212b32;padding:14px;box-shadow:0 4px 12px rgba(0,0,0,.25);overflow-wrap:anywhere;font-size:.95rem}
#panel dt{font-weight:bold}
#panel dd{margin:4px 0}
#panel button{margin-top:10px;background:#007f3b;color:#fff;border:0;box-shadow:0 4px #00401e;padding:8px 16px;font:inherit;font-weight:bold}
footer{padding-top:8px;padding-bottom:24px;color:#4c6272;font-size:.9rem}
@media (max-width:640px){h1{font-size:1.6rem}h2{font-size:1.25rem}section{padding:16px;margin:16px 0}table{font-size:.9rem}}
@media print{
@page{size:A4 landscape;margin:14mm 12mm 16mm;@bottom-right{content:"Page " counter(page) " of " counter(pages);font:9pt Arial,sans-serif}}
html{background:#fff;font-size:70%}
header{background:#fff;color:#212b32;border-bottom:2px solid #212b32}
main,header div,footer{max-width:none;padding-left:0;padding-right:0}
section{border:0;padding:0;margin:0 0 14px}
section+section{border-top:1px solid #aeb7bd;padding-top:10px}
nav,.skip,#workings,#panel,.cite{display:none!important}
.scroll{overflow:visible}
thead{display:table-header-group}
tr,h2,figure,.findings li,.say li{break-inside:avoid}
h2,h3,caption,thead{break-after:avoid}
tbody tr:first-child,tbody tr:last-child{break-before:avoid}
th,td{padding-top:4px;padding-bottom:4px}
a,a:visited,a.f{color:#212b32;text-decoration:none}
figure svg{min-width:0;max-width:200mm;max-height:150mm}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
}
)css";

const char* const page_script = R"js((function () {
  "use strict";
  var panel = document.createElement("aside");
  panel.id = "panel";
  panel.hidden = true;
  panel.tabIndex = -1;
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-label", "How this figure comes about");
  document.body.appendChild(panel);
  var opener = null, quiet = false;
  function close(back) {
    if (panel.hidden) return;
    panel.hidden = true;
    quiet = true;
    if (back && opener) opener.focus();
    quiet = false;
    opener = null;
  }
  function show(link) {
    var entry = document.getElementById(link.getAttribute("href").slice(1));
    if (!entry) return false;
    panel.textContent = "";
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = "Close";
    button.addEventListener("click", function () { close(true); });
    var copy = entry.cloneNode(true);
    copy.removeAttribute("id");
    while (copy.firstChild) panel.appendChild(copy.firstChild);
    panel.appendChild(button);
    panel.hidden = false;
    if (!panel.contains(link)) {
      opener = link;
      var at = link.getBoundingClientRect();
      var wide = document.documentElement.clientWidth;
      panel.style.top = (window.scrollY + at.bottom + 6) + "px";
      panel.style.left = Math.max(8, Math.min(at.left, wide - panel.offsetWidth - 8)) + "px";
    }
    return true;
  }
  document.addEventListener("click", function (e) {
    var link = e.target.closest ? e.target.closest("a[href^='#w']") : null;
    if (link) {
      if (show(link)) { e.preventDefault(); panel.focus(); }
    } else if (!panel.contains(e.target)) {
      close(false);
    }
  });
  document.addEventListener("focusin", function (e) {
    if (quiet || panel.contains(e.target)) return;
    var link = e.target;
    if (link.matches && link.matches("a[href^='#w']:focus-visible")) show(link);
    else close(false);
  });
  document.addEventListener("keydown", function (e) {
    if (e.key === "Escape") close(true);
  });
})();
)js";

const char* const page_script_hash = "sha256-A85tZFtffvf1eH+H/ySKFAM2dkllIHqnFkW8lHW4lSg=";

} // namespace riskshare::report
