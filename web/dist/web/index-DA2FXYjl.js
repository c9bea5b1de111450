var e=globalThis,t=e=>e,n=e.trustedTypes,r=n?n.createPolicy(`lit-html`,{createHTML:e=>e}):void 0,i=`$lit$`,a=`lit$${Math.random().toFixed(9).slice(2)}$`,o=`?`+a,s=`<${o}>`,c=document,l=()=>c.createComment(``),u=e=>e===null||typeof e!=`object`&&typeof e!=`function`,d=Array.isArray,f=e=>d(e)||typeof e?.[Symbol.iterator]==`function`,p=`[ 	
\f\r]`,m=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,ee=/-->/g,te=/>/g,h=RegExp(`>|${p}(?:([^\\s"'>=/]+)(${p}*=${p}*(?:[^ \t\n\f\r"'\`<>=]|("|')|))|$)`,`g`),ne=/'/g,re=/"/g,ie=/^(?:script|style|textarea|title)$/i,ae=e=>(t,...n)=>({_$litType$:e,strings:t,values:n}),g=ae(1),oe=ae(2),_=Symbol.for(`lit-noChange`),v=Symbol.for(`lit-nothing`),se=new WeakMap,y=c.createTreeWalker(c,129);function ce(e,t){if(!d(e)||!e.hasOwnProperty(`raw`))throw Error(`invalid template strings array`);return r===void 0?t:r.createHTML(t)}var le=(e,t)=>{let n=e.length-1,r=[],o,c=t===2?`<svg>`:t===3?`<math>`:``,l=m;for(let t=0;t<n;t++){let n=e[t],u,d,f=-1,p=0;for(;p<n.length&&(l.lastIndex=p,d=l.exec(n),d!==null);)p=l.lastIndex,l===m?d[1]===`!--`?l=ee:d[1]===void 0?d[2]===void 0?d[3]!==void 0&&(l=h):(ie.test(d[2])&&(o=RegExp(`</`+d[2],`g`)),l=h):l=te:l===h?d[0]===`>`?(l=o??m,f=-1):d[1]===void 0?f=-2:(f=l.lastIndex-d[2].length,u=d[1],l=d[3]===void 0?h:d[3]===`"`?re:ne):l===re||l===ne?l=h:l===ee||l===te?l=m:(l=h,o=void 0);let ae=l===h&&e[t+1].startsWith(`/>`)?` `:``;c+=l===m?n+s:f>=0?(r.push(u),n.slice(0,f)+i+n.slice(f)+a+ae):n+a+(f===-2?t:ae)}return[ce(e,c+(e[n]||`<?>`)+(t===2?`</svg>`:t===3?`</math>`:``)),r]},ue=class e{constructor({strings:t,_$litType$:r},s){let c;this.parts=[];let u=0,d=0,f=t.length-1,p=this.parts,[m,ee]=le(t,r);if(this.el=e.createElement(m,s),y.currentNode=this.el.content,r===2||r===3){let e=this.el.content.firstChild;e.replaceWith(...e.childNodes)}for(;(c=y.nextNode())!==null&&p.length<f;){if(c.nodeType===1){if(c.hasAttributes())for(let e of c.getAttributeNames())if(e.endsWith(i)){let t=ee[d++],n=c.getAttribute(e).split(a),r=/([.?@])?(.*)/.exec(t);p.push({type:1,index:u,name:r[2],strings:n,ctor:r[1]===`.`?pe:r[1]===`?`?me:r[1]===`@`?he:x}),c.removeAttribute(e)}else e.startsWith(a)&&(p.push({type:6,index:u}),c.removeAttribute(e));if(ie.test(c.tagName)){let e=c.textContent.split(a),t=e.length-1;if(t>0){c.textContent=n?n.emptyScript:``;for(let n=0;n<t;n++)c.append(e[n],l()),y.nextNode(),p.push({type:2,index:++u});c.append(e[t],l())}}}else if(c.nodeType===8){if(c.data===o)p.push({type:2,index:u});else{let e=-1;for(;(e=c.data.indexOf(a,e+1))!==-1;)p.push({type:7,index:u}),e+=a.length-1}}u++}}static createElement(e,t){let n=c.createElement(`template`);return n.innerHTML=e,n}};function b(e,t,n=e,r){if(t===_)return t;let i=r===void 0?n._$Cl:n._$Co?.[r],a=u(t)?void 0:t._$litDirective$;return i?.constructor!==a&&(i?._$AO?.(!1),a===void 0?i=void 0:(i=new a(e),i._$AT(e,n,r)),r===void 0?n._$Cl=i:(n._$Co??=[])[r]=i),i!==void 0&&(t=b(e,i._$AS(e,t.values),i,r)),t}var de=class{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:t},parts:n}=this._$AD,r=(e?.creationScope??c).importNode(t,!0);y.currentNode=r;let i=y.nextNode(),a=0,o=0,s=n[0];for(;s!==void 0;){if(a===s.index){let t;s.type===2?t=new fe(i,i.nextSibling,this,e):s.type===1?t=new s.ctor(i,s.name,s.strings,this,e):s.type===6&&(t=new ge(i,this,e)),this._$AV.push(t),s=n[++o]}a!==s?.index&&(i=y.nextNode(),a++)}return y.currentNode=c,r}p(e){let t=0;for(let n of this._$AV)n!==void 0&&(n.strings===void 0?n._$AI(e[t]):(n._$AI(e,n,t),t+=n.strings.length-2)),t++}},fe=class e{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,n,r){this.type=2,this._$AH=v,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=n,this.options=r,this._$Cv=r?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=b(this,e,t),u(e)?e===v||e==null||e===``?(this._$AH!==v&&this._$AR(),this._$AH=v):e!==this._$AH&&e!==_&&this._(e):e._$litType$===void 0?e.nodeType===void 0?f(e)?this.k(e):this._(e):this.T(e):this.$(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==v&&u(this._$AH)?this._$AA.nextSibling.data=e:this.T(c.createTextNode(e)),this._$AH=e}$(e){let{values:t,_$litType$:n}=e,r=typeof n==`number`?this._$AC(e):(n.el===void 0&&(n.el=ue.createElement(ce(n.h,n.h[0]),this.options)),n);if(this._$AH?._$AD===r)this._$AH.p(t);else{let e=new de(r,this),n=e.u(this.options);e.p(t),this.T(n),this._$AH=e}}_$AC(e){let t=se.get(e.strings);return t===void 0&&se.set(e.strings,t=new ue(e)),t}k(t){d(this._$AH)||(this._$AH=[],this._$AR());let n=this._$AH,r,i=0;for(let a of t)i===n.length?n.push(r=new e(this.O(l()),this.O(l()),this,this.options)):r=n[i],r._$AI(a),i++;i<n.length&&(this._$AR(r&&r._$AB.nextSibling,i),n.length=i)}_$AR(e=this._$AA.nextSibling,n){for(this._$AP?.(!1,!0,n);e!==this._$AB;){let n=t(e).nextSibling;t(e).remove(),e=n}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},x=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,n,r,i){this.type=1,this._$AH=v,this._$AN=void 0,this.element=e,this.name=t,this._$AM=r,this.options=i,n.length>2||n[0]!==``||n[1]!==``?(this._$AH=Array(n.length-1).fill(new String),this.strings=n):this._$AH=v}_$AI(e,t=this,n,r){let i=this.strings,a=!1;if(i===void 0)e=b(this,e,t,0),a=!u(e)||e!==this._$AH&&e!==_,a&&(this._$AH=e);else{let r=e,o,s;for(e=i[0],o=0;o<i.length-1;o++)s=b(this,r[n+o],t,o),s===_&&(s=this._$AH[o]),a||=!u(s)||s!==this._$AH[o],s===v?e=v:e!==v&&(e+=(s??``)+i[o+1]),this._$AH[o]=s}a&&!r&&this.j(e)}j(e){e===v?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??``)}},pe=class extends x{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===v?void 0:e}},me=class extends x{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==v)}},he=class extends x{constructor(e,t,n,r,i){super(e,t,n,r,i),this.type=5}_$AI(e,t=this){if((e=b(this,e,t,0)??v)===_)return;let n=this._$AH,r=e===v&&n!==v||e.capture!==n.capture||e.once!==n.once||e.passive!==n.passive,i=e!==v&&(n===v||r);r&&this.element.removeEventListener(this.name,this,n),i&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH==`function`?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},ge=class{constructor(e,t,n){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=n}get _$AU(){return this._$AM._$AU}_$AI(e){b(this,e)}},_e={M:i,P:a,A:o,C:1,L:le,R:de,D:f,V:b,I:fe,H:x,N:me,U:he,B:pe,F:ge},ve=e.litHtmlPolyfillSupport;ve?.(ue,fe),(e.litHtmlVersions??=[]).push(`3.3.3`);var ye=(e,t,n)=>{let r=n?.renderBefore??t,i=r._$litPart$;if(i===void 0){let e=n?.renderBefore??null;r._$litPart$=i=new fe(t.insertBefore(l(),e),e,void 0,n??{})}return i._$AI(e),i},be=()=>void 0,xe=!1;function Se(e){be=e}function S(){xe||(xe=!0,queueMicrotask(()=>{xe=!1,be()}))}var Ce=new Set([`no_worker`]),C=(e,t=null)=>e===null?v:g`<div class="note ${Ce.has(e.code)?``:`is-error`}" role="alert">
        <strong>${e.title}</strong>
        <span>${Ee(e.message)}</span>
        ${e.retrySeconds!==null&&t?g`<button class="plain" type="button" @click=${t}>Try again</button>`:v}
      </div>`,we=(e,t)=>g`<div class="note"><strong>${e}</strong><span>${Ee(t)}</span></div>`,Te=(e,t)=>g`<p class="working">
    <span class="spinner" aria-hidden="true"></span>
    <span>${e}${t<2?``:` ${Math.floor(t)} s`}</span>
  </p>`,Ee=e=>{let t=e.charAt(0).toUpperCase()+e.slice(1);return/[.?!…:]$/.test(t)?t:`${t}.`};function De(e){let t=(e*100).toFixed(1);return e<5e-4?`< 0.1 %`:e<1&&t===`100.0`?`> 99.9 %`:`${t} %`}function Oe(e){return e<10?`${e.toFixed(1)} ms`:e<1e3?`${Math.round(e)} ms`:`${(e/1e3).toFixed(1)} s`}function ke(e){let t=Math.max(0,Math.round(e));if(t<90)return`${t} s`;let n=Math.round(t/60);return n<90?`${n} min`:`${Math.floor(n/60)} h ${n%60} min`}function w(e,t=new Date){let n=new Date(e),r=n.toDateString()===t.toDateString(),i={hour:`2-digit`,minute:`2-digit`};return n.toLocaleString(void 0,r?i:{...i,day:`numeric`,month:`short`})}function Ae(e){return e<1e3?`${e} B`:e<1e6?`${Math.round(e/1e3)} kB`:e<1e9?`${(e/1e6).toFixed(1)} MB`:`${(e/1e9).toFixed(1)} GB`}var T=e=>Number.isFinite(e)?String(Number(e.toPrecision(4))):`not finite`,E=e=>e.toLocaleString(`en`),je=e=>e.length===0?`–`:e.map(e=>e??`?`).join(` × `),Me=e=>e.replaceAll(/[_-]/g,` `),D=e=>{let t=Me(e);return t.charAt(0).toUpperCase()+t.slice(1)},O=class extends Error{title;code;retrySeconds;constructor({title:e,detail:t,code:n=``,retrySeconds:r=null}){super(t),this.title=e,this.code=n,this.retrySeconds=r}},Ne=()=>new O({title:`The service does not answer`,detail:"Is it still running? If it was started with `make serve`, look at that terminal. The page goes on by itself once the service is back.",code:`no_answer`,retrySeconds:2});function Pe(e,t){let n=Number(e.headers.get(`Retry-After`));return new O({title:t?.title??`Error ${e.status}`,detail:Fe(t)??`Something between here and the service answered ${e.status}.`,code:t?.code??``,retrySeconds:n>0?n:null})}function Fe(e){switch(e?.code){case`model_not_ready`:return`No worker serves this model at the moment. One that has just been started needs some seconds.`;case`broker_unavailable`:return`The service has lost its Redis and is waiting for it to come back.`;case`image_undecodable`:return`This file is no picture that the service can read: ${e.detail}. JPEG, PNG, WebP, BMP, GIF and TIFF are.`;case`queue_full`:return`Too many requests are waiting at the moment.`;case`deadline_exceeded`:return`${e.detail}. Choose a quicker method, or fewer passes in its settings.`;case`fields_invalid`:return(e.errors??[]).map(({pointer:e,detail:t})=>`${e.replace(/^\//,``)}: ${t}`).join(`; `);default:return e?.detail}}async function k(e,t={}){let n=await Be(e,{...t,headers:{Accept:`application/json`,...t.headers}}),r=n.status===204?null:await n.json().catch(()=>void 0);if(n.ok&&r!==void 0)return{body:r,times:Ve(n.headers.get(`Server-Timing`)??``),status:n.status};throw Pe(n,r??null)}function Ie(e,t,{sent:n,signal:r}){let i=new XMLHttpRequest;return i.open(`POST`,e),i.setRequestHeader(`Accept`,`application/json`),r.addEventListener(`abort`,()=>i.abort()),new Promise((e,r)=>{i.upload.onprogress=({loaded:e,total:t})=>n(t>0?e/t:0),i.onerror=()=>r(Ne()),i.onabort=()=>r(new DOMException(`given up`,`AbortError`)),i.onload=()=>{let t=i.status>=200&&i.status<300,n=Le(i.responseText);t&&n!==null?e(n):r(Pe(Re(i),n))},i.send(t)})}function Le(e){try{return JSON.parse(e)}catch{return null}}var Re=e=>new Response(null,{status:e.status,headers:{"Retry-After":e.getResponseHeader(`Retry-After`)??``}});async function ze(e,t={}){let n=await Be(e,t);if(n.ok)return n.blob();throw Pe(n,await n.json().catch(()=>null))}async function Be(e,t){try{return await fetch(e,t)}catch(e){throw A(e)?e:Ne()}}var A=e=>e instanceof DOMException&&e.name===`AbortError`;function j(e){if(e instanceof O)return e;throw e}var Ve=e=>[...e.matchAll(/([\w-]+);dur=([\d.]+)/g)].map(([,e=``,t])=>[e,Number(t)]);function M(e,t){let n=new FormData;n.append(`image`,e.blob,e.name);for(let[e,r]of Object.entries(t))r!==``&&n.append(e,r);return n}function He(e){let t=Object.entries(e).filter(([,e])=>e!==``);return t.length===0?``:`?${new URLSearchParams(t)}`}var N={datasets:[],isLoaded:!1,refusal:null,sending:null,added:null,doomed:null};async function Ue(){try{let{body:e}=await k(`datasets`);Object.assign(N,{datasets:e.datasets,isLoaded:!0,refusal:null})}catch(e){N.refusal=j(e)}S()}async function We(e){let t=e.files?.[0];if(e.value=``,!t)return;let n={name:t.name,part:0,abort:new AbortController};Object.assign(N,{sending:n,added:null,refusal:null}),S();let r=new FormData;r.append(`archive`,t,t.name);try{N.added=await Ie(`datasets`,r,{sent:e=>{n.part=e,S()},signal:n.abort.signal}),N.sending=null,await Ue()}catch(e){N.sending=null,A(e)||(N.refusal=j(e))}S()}async function Ge(e){N.doomed=null;try{await k(`datasets/${encodeURIComponent(e)}`,{method:`DELETE`}),N.added?.id===e&&(N.added=null),await Ue()}catch(e){N.refusal=j(e),S()}}var Ke=()=>g`<section class="card datasets" aria-labelledby="datasets-title">
    <div class="card-head">
      <h2 id="datasets-title">Datasets</h2>
      <div>
        <input
          class="hidden-input"
          id="archive"
          type="file"
          accept=".zip,.tar,.gz,.tgz"
          aria-label="Add an archive of images"
          ?disabled=${N.sending!==null}
          @change=${e=>void We(e.target)}
        />
        <label class="button" for="archive">Add an archive</label>
      </div>
    </div>
    <p class="quiet">
      A zip, tar or tar.gz file of images; its folders are the classes. Jobs work on datasets.
    </p>
    ${N.sending?qe(N.sending):v}
    ${C(N.refusal,()=>void Ue())}
    ${N.added?Je(N.added):v}
    ${N.datasets.length>0?Ye():N.isLoaded?Qe():v}
  </section>`,qe=({name:e,part:t,abort:n})=>g`<div class="sending">
    <span role="status"
      >${t<1?`Sending ${e}`:`${e} has arrived; its images are looked at …`}</span
    >
    <div class="standing">
      <progress max="1" .value=${t} aria-label="Sent of ${e}"></progress>
      <span class="percent">${Math.floor(t*100)} %</span>
    </div>
    <button class="plain is-alarm" type="button" @click=${()=>n.abort()}>Give up</button>
  </div>`;function Je({name:e,images:t,skipped:n,skipped_files:r}){let i=n===0?``:`; ${E(n)} files were left out`;return g`${we(`${e} is there`,`${E(t)} images${i}`)}
  ${n>0?g`<details>
        <summary>Files left out</summary>
        <ul class="skipped">
          ${r.map(({path:e,reason:t})=>g`<li>${e}: ${t}</li>`)}
        </ul>
      </details>`:v}`}var Ye=()=>g`<div class="scrolled" tabindex="0" role="region" aria-labelledby="datasets-title">
    <table>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Images</th>
          <th scope="col">Classes</th>
          <th scope="col">Size</th>
          <th scope="col">Added</th>
          <th scope="col"><span class="unseen">Delete</span></th>
        </tr>
      </thead>
      <tbody>
        ${N.datasets.map(Xe)}
      </tbody>
    </table>
  </div>`,Xe=e=>g`<tr>
    <th scope="row">${e.name}</th>
    <td>${E(e.images)}</td>
    <td title=${e.classes.join(`, `)}>${e.classes.length||`none`}</td>
    <td>${Ae(e.bytes)}</td>
    <td>${w(e.created_at)}</td>
    <td>
      ${N.doomed===e.id?g`<div class="buttons">
            <button class="plain is-alarm" type="button" @click=${()=>void Ge(e.id)}>
              Delete for good
            </button>
            <button class="plain" type="button" @click=${()=>Ze(null)}>Keep</button>
          </div>`:g`<button
            class="plain"
            type="button"
            aria-label="Delete ${e.name}"
            @click=${()=>Ze(e.id)}
          >
            Delete
          </button>`}
    </td>
  </tr>`;function Ze(e){N.doomed=e,S()}var Qe=()=>g`<div class="teaching">
    <p>
      There is none yet. Send an archive such as <code>pets.zip</code> with the folders
      <code>cat</code> and <code>dog</code>; what is no image is left out and listed.
    </p>
  </div>`,$e={title:`Datasets`,enter:()=>void Ue(),leave:()=>void 0,template:Ke},P={models:[],defaultModel:``,methods:[],details:new Map,layers:new Map,refusal:null,isReady:!1},et=2;async function tt(e){try{let[e,t]=await Promise.all([k(`models`),k(`methods`)]);P.models=e.body.models,P.defaultModel=e.body.default,P.methods=t.body.methods,P.refusal=P.models.some(({ready:e})=>e)?null:nt(),P.isReady=P.refusal===null}catch(e){if(!(e instanceof O))throw e;P.refusal=e}if(S(),P.isReady)e();else{let t=P.refusal?.retrySeconds??et;setTimeout(()=>void tt(e),t*1e3)}}var nt=()=>new O({title:`The service is starting`,detail:`No worker is ready yet. This takes some seconds; the page goes on by itself.`,code:`no_worker`,retrySeconds:et});async function rt(e){if(!e||P.layers.has(e))return;let t=`models/${encodeURIComponent(e)}`,[n,r]=await Promise.all([k(t),k(`${t}/layers`)]);P.details.set(e,n.body),P.layers.set(e,r.body.layers),S()}var it=()=>P.models.find(({name:e})=>e===P.defaultModel)?.name??P.models[0]?.name??``,F=e=>P.models.find(t=>t.name===e),I=e=>P.methods.find(t=>t.name===e);function at(e){let[t=``,n=``]=e.replace(/^#\/?/,``).split(`?`,2),[r=``,...i]=t.split(`/`).map(decodeURIComponent);return{view:r||`explain`,path:i,query:new URLSearchParams(n)}}function L(e,t=[],n=new URLSearchParams){let r=[e,...t].map(encodeURIComponent).join(`/`),i=n.toString().replaceAll(`%2C`,`,`).replaceAll(`%2F`,`/`);return`#/${r}${i?`?${i}`:``}`}function ot(e){location.hash!==e&&history.replaceState(null,``,e)}var st=1500,ct=e=>async t=>{let n=t.currentTarget,r=await lt(e())?`Copied`:`Not copied`;n.dataset.said=r,setTimeout(()=>delete n.dataset.said,st)};async function lt(e){try{return await navigator.clipboard.writeText(e),!0}catch{return ut(e)}}function ut(e){let t=document.createElement(`textarea`);t.value=e,t.className=`unseen`,document.body.append(t),t.select();let n=document.execCommand(`copy`);return t.remove(),n}function dt(e,t){let n=document.createElement(`a`);n.href=URL.createObjectURL(e),n.download=t,n.click(),setTimeout(()=>URL.revokeObjectURL(n.href),1e4)}var ft=`gradcam`,pt=0,mt=(e,t={})=>({id:++pt,method:e,parameters:t,asked:``,askedAt:0,asking:null,answer:null,map:null,times:[],refusal:null,measured:``,measuring:null,evidence:null,evidenceRefusal:null,cell:null}),ht=()=>({picture:null,isPictureComing:!1,isPictureMissing:!1,isDragging:!1,pictureRefusal:null,model:``,target:``,versus:``,layer:``,polarity:``,colormap:``,seed:``,opacity:.5,withEvidence:!1,panels:[mt(ft)],selected:0,language:`curl`}),R=({panels:e,selected:t})=>e[t]??e[0],gt=[`model`,`target`,`versus`,`layer`,`polarity`,`colormap`,`seed`];function _t(e){let t=new URLSearchParams,n=(e,n)=>n!==``&&t.set(e,n),{picture:r}=e;r?t.set(`picture`,r.sample??`own`):e.isPictureMissing&&t.set(`picture`,`own`),t.set(`methods`,e.panels.map(({method:e})=>e).join(`,`));for(let t of gt)n(t,e[t]);return e.opacity!==.5&&t.set(`opacity`,String(e.opacity)),e.withEvidence&&t.set(`evidence`,`1`),e.selected>0&&t.set(`selected`,String(e.selected)),e.panels.forEach(({parameters:e},t)=>{for(let[r,i]of Object.entries(e))n(`${t}.${r}`,i)}),t}function vt(e,t){for(let n of gt)t[n]=e.get(n)??``;let n=Number(e.get(`opacity`)??.5);t.opacity=n>=0&&n<=1?n:.5,t.withEvidence=e.get(`evidence`)===`1`;let r=(e.get(`methods`)??``).split(`,`).filter(Boolean).slice(0,4);t.panels=(r.length?r:[ft]).map((n,r)=>{let i=t.panels[r],a=i?.method===n?i:mt(n);return a.parameters=yt(e,r),a});let i=Number(e.get(`selected`)??0);t.selected=t.panels[i]?i:0}var yt=(e,t)=>Object.fromEntries([...e].filter(([e])=>e.startsWith(`${t}.`)).map(([e,n])=>[e.slice(`${t}.`.length),n])),bt=4;function xt({b64:e,dtype:t,shape:n}){let[r=0,i=0]=n;if(t!==`float32`||n.length!==2)throw TypeError(`a map of ${t} [${n.join(`, `)}]`);let a=Uint8Array.from(atob(e),e=>e.charCodeAt(0)),o=new DataView(a.buffer),s=Float32Array.from({length:r*i},(e,t)=>o.getFloat32(t*bt,!0));return{rows:r,columns:i,values:s,largest:s.reduce((e,t)=>Math.max(e,Math.abs(t)),0)}}var St=(e,{row:t,column:n})=>e.values[t*e.columns+n]??NaN;function Ct(e,t,n){return t<0||n<0||t>=1||n>=1?null:{row:Math.floor(n*e.rows),column:Math.floor(t*e.columns)}}function wt(e,t,n,r){let i=(e,t)=>Math.min(t-1,Math.max(0,e));return{row:i(t.row+n,e.rows),column:i(t.column+r,e.columns)}}function Tt({b64:e,shape:t}){let n=`{'descr': '<f4', 'fortran_order': False, 'shape': (${t.length===1?`${t[0]},`:t.join(`, `)}), }`,r=n.padEnd(Math.ceil((n.length+11)/64)*64-11)+`
`,i=new Uint8Array(10+r.length);i.set([147,78,85,77,80,89,1,0,r.length&255,r.length>>8]),i.set(new TextEncoder().encode(r),10);let a=Uint8Array.from(atob(e),e=>e.charCodeAt(0));return new Blob([i,a],{type:`application/octet-stream`})}function Et(e,t){let n=I(t.method);return{model:e.model,target:e.target,versus:e.versus,layer:n?.uses_layer?e.layer:``,seed:n?.uses_seed?e.seed:``,polarity:e.polarity,colormap:e.colormap,...t.parameters}}function Dt(e){let{picture:t}=e;if(!t||!P.isReady||!e.model)return;for(let n of e.panels)kt(e,n,t);let n=R(e);e.withEvidence&&At(e,n,t)}function Ot(e){for(let t of e.panels)t.refusal&&(t.asked=``),t.evidenceRefusal&&(t.measured=``);Dt(e)}async function kt(e,t,n){let r={...Et(e,t),outputs:`overlay,raw`,opacity:`1`},i=JSON.stringify([n.address,t.method,r]);if(i===t.asked)return;t.asking?.abort();let a=new AbortController;Object.assign(t,{asked:i,asking:a,askedAt:performance.now(),refusal:null}),S();try{let{body:e,times:i}=await k(Nt(t),{method:`POST`,body:M(n,r),signal:a.signal});t.map=e.raw?xt(e.raw):null,Object.assign(t,{answer:e,times:i,cell:null})}catch(n){if(A(n))return;t.refusal=j(n),Object.assign(t,{answer:null,map:null,cell:null}),jt(e,t)}t.asking=null,S()}async function At(e,t,n){let r={...Et(e,t),outputs:`box`,evidence:`true`},i=JSON.stringify([n.address,t.method,r]);if(i===t.measured||t.method===`auto`)return;t.measuring?.abort();let a=new AbortController;Object.assign(t,{measured:i,measuring:a,evidence:null,evidenceRefusal:null}),S();try{let{body:e}=await k(Nt(t),{method:`POST`,body:M(n,r),signal:a.signal});t.evidence=e.evidence??null}catch(e){if(A(e))return;t.evidenceRefusal=j(e)}t.measuring=null,S()}function jt(e,t){let{refusal:n,asked:r}=t;n?.retrySeconds!=null&&setTimeout(()=>{t.asked===r&&t.refusal===n&&(t.asked=``,Dt(e))},n.retrySeconds*1e3)}var Mt=(e,t,n)=>ze(Nt(t),{method:`POST`,headers:{Accept:`image/png`},body:M(n,{...Et(e,t),outputs:`overlay`,opacity:String(e.opacity)})}),Nt=e=>`explain/${encodeURIComponent(e.method)}`,z={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},Pt=e=>(...t)=>({_$litDirective$:e,values:t}),Ft=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,n){this._$Ct=e,this._$AM=t,this._$Ci=n}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}},{I:It}=_e,Lt=e=>e.strings===void 0,Rt={},zt=(e,t=Rt)=>e._$AH=t,Bt=Pt(class extends Ft{constructor(e){if(super(e),e.type!==z.PROPERTY&&e.type!==z.ATTRIBUTE&&e.type!==z.BOOLEAN_ATTRIBUTE)throw Error("The `live` directive is not allowed on child or event bindings");if(!Lt(e))throw Error("`live` bindings can only contain a single expression")}render(e){return e}update(e,[t]){if(t===_||t===v)return t;let n=e.element,r=e.name;if(e.type===z.PROPERTY){if(t===n[r])return _}else if(e.type===z.BOOLEAN_ATTRIBUTE){if(!!t===n.hasAttribute(r))return _}else if(e.type===z.ATTRIBUTE&&n.getAttribute(r)===t+``)return _;return zt(e),t}}),Vt=e=>e.target.value,Ht=(e,t)=>e.map(({value:e,text:n,isOff:r=!1})=>g`<option value=${e} .selected=${Bt(e===t)} ?disabled=${r}>
        ${n}
      </option>`),B=({id:e,label:t,value:n,hint:r,isOff:i=!1,change:a,choices:o})=>g`<div class="field">
    <label for=${e}>${t}</label>
    <select
      id=${e}
      ?disabled=${i}
      aria-describedby=${r===void 0?v:`${e}-hint`}
      @change=${e=>a(Vt(e))}
    >
      ${Ht(o,n)}
    </select>
    ${Wt(e,r)}
  </div>`,Ut=({id:e,label:t,value:n,hint:r,isOff:i=!1,change:a,type:o=`text`,placeholder:s=``,min:c,max:l,step:u})=>g`<div class="field">
    <label for=${e}>${t}</label>
    <input
      id=${e}
      type=${o}
      .value=${n}
      placeholder=${s}
      ?disabled=${i}
      min=${c??v}
      max=${l??v}
      step=${u??v}
      aria-describedby=${r===void 0?v:`${e}-hint`}
      @change=${e=>a(Vt(e))}
      @input=${e=>o===`search`&&a(Vt(e))}
    />
    ${Wt(e,r)}
  </div>`,Wt=(e,t)=>t===void 0?v:g`<p class="hint" id="${e}-hint">${t}</p>`,Gt=e=>e?.properties??{},Kt=e=>({...e.anyOf?.find(({type:e})=>e!==`null`),...e}),qt=e=>{let{default:t}=e;return t==null?`automatic`:Array.isArray(t)?t.length===0?`none`:t.join(`, `):String(t)},Jt=(e,t,n,r)=>Object.entries(e).map(([e,i])=>Xt(e,Kt(i),t[e]??``,t=>n(e,t),r)),Yt=e=>({true:`yes`,false:`no`})[e]??e;function Xt(e,t,n,r,i){let a={id:`${i}-${e}`,label:D(e),hint:(t.description??``).replaceAll(/\s+/g,` `).replaceAll("`",``).trim(),value:n,change:r},o=qt(t),s=!t.anyOf?.some(({type:e})=>e===`array`),c=t.type===`boolean`?[`true`,`false`]:t.enum;if(c&&s){let e=c.filter(e=>e!==o),t=[{value:``,text:Yt(o)},...e.map(e=>({value:e,text:Yt(e)}))];return g`${B({...a,choices:t})}`}return t.type!==`integer`&&t.type!==`number`?g`${Ut({...a,placeholder:o})}`:g`${Ut({...a,type:`number`,placeholder:o,min:t.minimum??t.exclusiveMinimum,max:t.maximum??t.exclusiveMaximum,step:t.type===`integer`?`1`:`any`})}`}var Zt=[`jet`,`turbo`,`viridis`,`inferno`,`magma`,`plasma`,`cividis`,`hot`,`gray`,`coolwarm`,`RdBu_r`,`seismic`,`bwr`],Qt=[{value:``,text:`automatic`},{value:`positive`,text:`for the class`},{value:`negative`,text:`against it`},{value:`both`,text:`both`}];function $t(e,t){let n=I(R(e).method),r=(n,r,i,a)=>B({id:n,label:r,value:e[n],choices:i,change:e=>t.change(n,e),...a===void 0?{}:{hint:a}});return g`<form
    class="card choices"
    aria-label="What to explain, and how"
    @submit=${e=>e.preventDefault()}
  >
    ${r(`model`,`Model`,tn(),nn(e.model))}
    ${r(`target`,`Class to explain`,[{value:``,text:`the most probable`},...rn(e.model)])}
    ${r(`versus`,`Rather than`,[{value:``,text:`nothing in particular`},...rn(e.model).map(t=>({...t,isOff:t.value===e.target}))])}
    <div class="pair">
      ${r(`polarity`,`Evidence`,Qt)}
      ${r(`colormap`,`Colours`,[{value:``,text:`automatic`},...Zt.map(e=>({value:e,text:e}))])}
    </div>
    ${B({id:`layer`,label:`Layer`,value:n?.uses_layer?e.layer:``,choices:an(e.model,n?.uses_layer??!1),isOff:!n?.uses_layer,change:e=>t.change(`layer`,e)})}
    ${en(e,t)}
  </form>`}function en(e,t){let n=R(e),r=I(n.method);if(!r)return v;let i=Gt(r.parameters),a=Object.keys(i).length>0||r.uses_seed;return g`<div class="method-about">
      <h2>${r.title}</h2>
      <p class="hint">${r.summary}</p>
      <p class="hint">Costs ${r.cost}.</p>
    </div>
    ${a?g`<details class="own" ?open=${Object.keys(n.parameters).length>0}>
          <summary>Settings of ${r.title}</summary>
          ${Jt(i,n.parameters,t.changeParameter,`own`)}
          ${r.uses_seed?Ut({id:`seed`,label:`Seed`,type:`number`,value:e.seed,placeholder:`0`,min:0,step:`1`,hint:`Of everything random: the same seed, the same map.`,change:e=>t.change(`seed`,e)}):v}
        </details>`:v}`}var tn=()=>P.models.map(({name:e,ready:t})=>({value:e,text:t?e:`${e} (away)`}));function nn(e){let t=F(e);if(!t)return`\xA0`;let[n,r]=t.input_shape;return t.ready?`${E(t.classes.length)} classes, ${r} × ${n} pixels`:`not hosted by any worker at the moment`}var rn=e=>(F(e)?.classes??[]).map((e,t)=>({value:String(t),text:e}));function an(e,t){if(!t)return[{value:``,text:`this method looks at none`}];let n=P.details.get(e)?.default_layer,r=(P.layers.get(e)??[]).filter(({explainable:e})=>e);return[{value:``,text:n?`the last map (${n})`:`the last map`},...r.map(({name:e,output_shape:t})=>({value:e,text:`${e} · ${t.slice(0,2).join(` × `)}`})).reverse()]}var on={supported:`Nothing that was measured speaks against this map.`,mixed:`Something speaks against this map, but nothing decisive: read the reasons.`,unsupported:`A decisive reason speaks against this map. Do not argue with it.`,untested:`Nothing could be measured.`},sn={supported:`✓`,mixed:`~`,unsupported:`✕`,untested:`?`},cn=[[`insertion`,`Score as the marked pixels come in; more is better`,`random_insertion`],[`deletion`,`Score as the marked pixels go; less is better`,`random_deletion`],[`score_drop`,`Part of the score lost where only the marked is seen`,null],[`completeness_gap`,`Part of the score that the map leaves open`,null],[`noise_stability`,`Likeness to the maps of noisy copies`,null],[`randomized_similarity`,`Likeness to the map of a network with random last weights`,null]],ln=(e,t)=>g`<section class="card evidence" aria-labelledby="evidence-title">
    <div class="card-head">
      <h2 id="evidence-title">May this map be believed?</h2>
      <label class="switch">
        <input
          id="evidence"
          type="checkbox"
          .checked=${t.isOn}
          @change=${e=>t.turn(e.target.checked)}
        />
        Measure it
      </label>
    </div>
    <div class="card-body" aria-live="polite">${un(e,t)}</div>
  </section>`;function un(e,{isOn:t,hasPicture:n,again:r}){return e.answer?.ranking?mn(e.answer.ranking,e.answer.chosen??``):t?n?e.evidenceRefusal?C(e.evidenceRefusal,r):e.evidence?fn(e.evidence):g`<p class="quiet"><span class="spinner" aria-hidden="true"></span> Measuring …</p>`:g`<p class="quiet">Choose a picture first.</p>`:g`<p class="quiet">
      A map can look right and be wrong. Measuring covers the picture along the map, adds noise and
      draws weights anew, with the very model that the map explains: some 130 passes more.
    </p>`}var dn=e=>g`<span class="badge is-${e}"
    ><span aria-hidden="true">${sn[e]}</span> ${D(e)}</span
  >`,fn=e=>g`<p class="verdict">${dn(e.verdict)} ${on[e.verdict]}</p>
    <ul class="reasons">
      ${e.reasons.map(({speaks_for:e,is_decisive:t,detail:n})=>g`<li class=${e?`speaks-for`:`speaks-against`}>
            <span class="sign" aria-hidden="true">${e?`+`:`−`}</span>
            <span
              ><span class="unseen">${e?`For: `:`Against: `}</span>${Ee(n)}
              ${t&&!e?g`<strong>Decisive.</strong>`:v}</span
            >
          </li>`)}
    </ul>
    <details>
      <summary>The numbers</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Measured</th>
            <th scope="col">This map</th>
            <th scope="col">Random</th>
          </tr>
        </thead>
        <tbody>
          ${cn.map(([t,n,r])=>g`<tr>
                <th scope="row">${n}</th>
                <td>${pn(e[t])}</td>
                <td>${r?pn(e[r]):``}</td>
              </tr>`)}
        </tbody>
      </table>
    </details>`,pn=e=>typeof e==`number`?T(e):`–`,mn=(e,t)=>g`<p>The methods competed on this picture; the map shown is the best one's.</p>
    <table>
      <thead>
        <tr>
          <th scope="col">Method</th>
          <th scope="col">Verdict</th>
          <th scope="col">Insertion</th>
          <th scope="col">Deletion</th>
        </tr>
      </thead>
      <tbody>
        ${e.map(e=>g`<tr class=${e.method===t?`is-chosen`:``}>
              <th scope="row">${I(e.method)?.title??e.method}</th>
              <td>${dn(e.verdict)}</td>
              <td>${pn(e.insertion)}</td>
              <td>${pn(e.deletion)}</td>
            </tr>`)}
      </tbody>
    </table>`,hn=[{name:`cat`,title:`A cat`,file:`web/samples/cat.jpg`,credit:`Chelsea, photographed by Stéfan van der Walt (CC0)`},{name:`drawn-cat`,title:`A drawn cat`,file:`web/samples/drawn-cat.jpg`,credit:`Drawn for Vitrine`},{name:`drawn-dog`,title:`A drawn dog`,file:`web/samples/drawn-dog.jpg`,credit:`Drawn for Vitrine`}],gn=`vitrine.picture`,_n=e=>({blob:e,name:e.name||`picture.png`,address:URL.createObjectURL(e),sample:null,isKept:null});async function vn(e){e.isKept=Sn(e.name,await wn(e.blob))}async function yn(e){let t=hn.find(t=>t.name===e);if(!t)return null;let n=await ze(t.file);return{blob:n,name:t.file.replace(/.*\//,``),address:URL.createObjectURL(n),sample:e,isKept:!0}}function bn(){let e=xn();if(e===null)return null;let{name:t,dataUrl:n}=JSON.parse(e),[r=``,i=``]=n.split(`,`,2),a=Uint8Array.from(atob(i),e=>e.charCodeAt(0)),o=new Blob([a],{type:/data:([^;]*)/.exec(r)?.[1]??``});return{blob:o,name:t,address:URL.createObjectURL(o),sample:null,isKept:!0}}function xn(){try{return sessionStorage.getItem(gn)}catch{return null}}function Sn(e,t){try{return sessionStorage.setItem(gn,JSON.stringify({name:e,dataUrl:t})),!0}catch{return Cn(),!1}}function Cn(){try{sessionStorage.removeItem(gn)}catch{}}function wn(e){return new Promise((t,n)=>{let r=new FileReader;r.onload=()=>t(String(r.result)),r.onerror=()=>n(r.error??Error(`the file cannot be read`)),r.readAsDataURL(e)})}var Tn=42,En=(e,t,n,r)=>e.length===0?g`<p class="quiet predictions" .style=${`min-height:${n*Tn}px`}>
        The most probable classes will stand here.
      </p>`:g`<ol class="predictions">
        ${e.map(e=>Dn(e,e.index===t,r))}
      </ol>`,Dn=({index:e,label:t,probability:n,logit:r},i,a)=>g`<li>
    <button
      class="prediction"
      type="button"
      title="Explain ${t}${r==null?``:` (logit ${r.toFixed(2)})`}"
      aria-pressed=${String(i)}
      @click=${()=>a(e)}
    >
      <span class="part" .style=${`width:${n*100}%`}></span>
      <span class="label">${t}</span>
      <span class="percent">${De(n)}</span>
    </button>
  </li>`,On={positive:`What speaks for`,negative:`What speaks against`,both:`What speaks for and against`};function kn(e){if(!e)return`What the model looks at`;let t=e.versus?` rather than “${e.versus.label}”`:``;return`${On[String(e.parameters.polarity)]??`What the model looks at for`} “${e.target.label}”${t}`}var An=(e,t,n,r)=>{let{answer:i,asking:a,askedAt:o}=t,s=e.panels.length===1,c=n===e.selected&&!s,l=I(t.method)?.title??t.method;return g`<figure
    class="panel ${c?`is-selected`:``}"
    @pointerdown=${r.select}
    @focusin=${r.select}
  >
    <div class="panel-head">
      <label class="unseen" for="method-${n}">Method${s?``:` ${n+1}`}</label>
      <select
        id="method-${n}"
        @change=${e=>r.choose(e.target.value)}
      >
        ${Ht(jn(e.model),t.method)}
      </select>
      ${s?v:g`<button class="icon" type="button" aria-label="Remove ${l}" @click=${r.remove}>
            ✕
          </button>`}
    </div>
    <div
      class="frame explained"
      role="img"
      tabindex=${t.map?0:v}
      aria-label="${l}: ${kn(i)}, as colours over the picture. Arrow keys read its values."
      aria-busy=${String(a!==null)}
      @pointermove=${e=>Fn(t,e)}
      @pointerdown=${e=>Fn(t,e)}
      @pointerleave=${()=>Rn(t,null)}
      @keydown=${e=>Ln(t,e)}
      @blur=${()=>Rn(t,null)}
    >
      ${e.picture?g`<img src=${e.picture.address} alt="" @error=${zn} @load=${Bn} />`:v}
      ${i?.overlay&&!t.refusal?g`<img
            class="colours ${a?`is-old`:``}"
            src="data:image/png;base64,${i.overlay}"
            alt=""
            .style=${`opacity:${e.opacity}`}
          />`:v}
      ${t.cell&&t.map&&i?Pn(t.cell,t.map,i.image):v}
      ${a?Te(`${l} …`,(performance.now()-o)/1e3):v}
    </div>
    <figcaption title=${kn(i)}>${kn(i)}</figcaption>
    <p class="readout" aria-live="polite">${Mn(t)}</p>
    ${C(t.refusal,r.again)}
    ${(i?.warnings??[]).map(({detail:e})=>we(`This map explains nothing`,e))}
  </figure>`};function jn(e){let t=P.details.get(e)?.unsupported??{};return P.methods.map(({name:e,title:n})=>({value:e,text:e in t?`${n} (not for this model)`:n,isOff:e in t}))}function Mn({cell:e,map:t,answer:n}){if(!t||!n)return`\xA0`;if(!e){let{min:e,max:r}=n.range;return`${t.columns} × ${t.rows} values, ${T(e??NaN)} to ${T(r??NaN)}`}let r=St(t,e),i=t.largest>0?` · ${Math.round(r/t.largest*100)} % of the largest`:``;return`${T(r)}${i} · row ${e.row+1}, column ${e.column+1}`}function Nn({width:e,height:t}){let n=Math.max(e,t),[r,i]=[e/n,t/n];return{left:(1-r)/2,top:(1-i)/2,across:r,down:i}}function Pn({row:e,column:t},n,r){let{left:i,top:a,across:o,down:s}=Nn(r),[c,l]=[o/n.columns,s/n.rows],u=e=>`${e*100}%`;return g`<span
    class="marker"
    .style=${`left:${u(i+t*c)};top:${u(a+e*l)};width:${u(c)};height:${u(l)}`}
  ></span>`}function Fn(e,t){if(!e.map||!e.answer)return;let n=t.currentTarget.getBoundingClientRect(),{left:r,top:i,across:a,down:o}=Nn(e.answer.image),s=((t.clientX-n.left)/n.width-r)/a,c=((t.clientY-n.top)/n.height-i)/o;Rn(e,Ct(e.map,s,c))}var In={ArrowUp:[-1,0],ArrowDown:[1,0],ArrowLeft:[0,-1],ArrowRight:[0,1]};function Ln(e,t){let n=In[t.key];if(!n||!e.map)return;t.preventDefault();let{rows:r,columns:i}=e.map,a={row:Math.floor(r/2),column:Math.floor(i/2)};Rn(e,e.cell?wt(e.map,e.cell,...n):a)}function Rn(e,t){(e.cell?.row!==t?.row||e.cell?.column!==t?.column)&&(e.cell=t,S())}var zn=e=>e.target.hidden=!0,Bn=e=>e.target.hidden=!1,Vn=(e,t)=>g`<section class="stage card" id="stage" aria-label="Picture and explanation">
    <input
      class="hidden-input"
      id="file"
      type="file"
      accept="image/*"
      aria-label="Choose a picture"
      @change=${e=>Un(e.target,t)}
    />
    ${Hn(e)&&!e.isDragging?v:Wn(e,t)}
    ${Hn(e)?Kn(e,t):v}
    ${C(e.pictureRefusal)}
  </section>`,Hn=({picture:e,isPictureComing:t})=>e!==null||t;function Un(e,{take:t}){t(e.files?.[0]),e.value=``}var Wn=(e,t)=>g`<div class="drop ${Hn(e)?`is-over`:``} ${e.isDragging?`is-dragging`:``}">
    <svg viewBox="0 0 48 48" width="52" height="52" aria-hidden="true">
      <path d="M8 38V12a4 4 0 0 1 4-4h24a4 4 0 0 1 4 4v26" />
      <path d="M4 40h40M24 32V18m-7 6 7-7 7 7" />
    </svg>
    <h2>${e.isPictureMissing?`Add the picture to this view`:`Drop a picture here`}</h2>
    <p>
      ${e.isPictureMissing?`This link was made with a picture of somebody's own, which stays with them. Add one, and it is explained with the choices of the link.`:`The model says what it sees, and the explanation marks what in the picture speaks for it.`}
    </p>
    <label class="button" for="file">Choose a picture</label>
    <p class="quiet">or paste one from the clipboard, or try one of these:</p>
    <div class="samples">${Gn(null,t)}</div>
  </div>`,Gn=(e,{takeSample:t})=>hn.map(({name:n,title:r,file:i,credit:a})=>g`<button
        class="sample"
        type="button"
        title="${r}: ${a}"
        aria-pressed=${String(n===e)}
        @click=${()=>t(n)}
      >
        <img src=${i} alt="" width="72" height="72" /><span>${r}</span>
      </button>`),Kn=(e,t)=>g`<div class="panels has-${e.panels.length}">
      <figure class="panel sent">
        <div class="panel-head"><label class="button plain" for="file">Another picture</label></div>
        <div class="frame">
          ${e.picture?g`<img src=${e.picture.address} alt="The picture" />`:v}
        </div>
        <figcaption title=${e.picture?.name??``}>${e.picture?.name??`\xA0`}</figcaption>
        <p class="readout">${qn(e)}</p>
      </figure>
      ${e.panels.map((n,r)=>An(e,n,r,t.ofPanel(r)))}
    </div>
    <div class="bar">
      <div class="opacity">
        <label for="opacity">Opacity</label>
        <input
          id="opacity"
          type="range"
          min="0"
          max="1"
          step="0.01"
          .value=${String(e.opacity)}
          @input=${e=>t.setOpacity(Number(e.target.value))}
        />
        <output for="opacity">${Math.round(e.opacity*100)} %</output>
      </div>
      <button
        class="plain"
        id="add-method"
        type="button"
        ?disabled=${e.panels.length>=4}
        @click=${t.addPanel}
      >
        Compare with another method
      </button>
    </div>
    <div class="samples is-small" role="group" aria-label="Sample pictures">
      <label class="button plain phone-only" for="file">Another picture</label>
      ${Gn(e.picture?.sample??null,t)}
    </div>`;function qn({picture:e}){if(!e)return``;let t=hn.find(({name:t})=>t===e.sample);return t?t.credit:e.isKept===null?`\xA0`:e.isKept?`Kept in this tab only`:`Too large to outlive a reload`}var Jn=e=>new URL(e,document.baseURI.split(`#`)[0]).href,Yn=e=>Object.entries(e).filter(([,e])=>e!==``),V=e=>/^[\w./:@=,-]+$/.test(e)?e:`'${e.replaceAll(`'`,`'\\''`)}'`;function Xn({method:e,fileName:t,fetchFrom:n,fields:r}){let i=[`curl -H 'Accept: image/png'`,`-F ${V(`image=@${t}`)}`,...Yn(r).map(([e,t])=>`-F ${V(`${e}=${t}`)}`),`-o overlay.png`,V(Jn(`explain/${e}`))].join(` \\
  `);return((n&&`curl ${V(Jn(n))} -o ${V(t)}\n`)??``)+i}function Zn({method:e,fileName:t,fetchFrom:n,fields:r}){let i=Yn({...r,outputs:`overlay,raw`}).map(([e,t])=>`    ${JSON.stringify(e)}: ${JSON.stringify(t)},`);return[`import base64`,`from pathlib import Path`,``,`import httpx`,`import numpy as np`,``,`picture = ${n?`httpx.get(${JSON.stringify(Jn(n))}).content`:`Path(${JSON.stringify(t)}).read_bytes()`}`,`options = {`,...i,`}`,`answer = httpx.post(`,`    ${JSON.stringify(Jn(`explain/${e}`))},`,`    files={"image": (${JSON.stringify(t)}, picture)}, data=options, timeout=300,`,`).raise_for_status().json()`,`Path("overlay.png").write_bytes(base64.b64decode(answer["overlay"]))`,`raw = answer["raw"]`,`values = np.frombuffer(base64.b64decode(raw["b64"]), raw["dtype"]).reshape(raw["shape"])`,`print(answer["target"], values.max())`].join(`
`)}var Qn=[[`curl`,`curl`],[`python`,`Python`]];function $n(e){let t=R(e),n=hn.find(({name:t})=>t===e.picture?.sample);return{method:t.method,fileName:e.picture?.name??`photo.jpg`,fetchFrom:n?.file??null,fields:e.picture?{...Et(e,t),outputs:`overlay`,opacity:String(e.opacity)}:{}}}function er(e,t){let{answer:n}=R(e),r=(e.language===`curl`?Xn:Zn)($n(e)),i=e.picture!==null&&e.picture.sample===null;return g`<section class="card calls" aria-labelledby="calls-title">
    <div class="card-head">
      <h2 id="calls-title">To take along</h2>
      <div class="buttons">
        ${H(`save-picture`,`Picture`,`Save the overlay as PNG`,t.picture,!n)}
        ${H(`save-numbers`,`Numbers`,`Save the map for numpy.load`,t.numbers,!n)}
        ${H(`save-answer`,`Answer`,`Save all that was answered, as JSON`,t.answer,!n)}
        ${H(`copy-link`,`Link`,`Copy the address of this view`,ct(()=>location.href),!e.picture)}
      </div>
    </div>
    <p class="hint" id="link-hint">
      ${i?`Your picture never leaves this tab but for the service: the link carries every choice, and whoever opens it adds a picture.`:`The link shows others the same view.`}
    </p>
    <div class="card-head">
      <h3>The same from a program</h3>
      <div class="buttons">
        ${Qn.map(([n,r])=>g`<button
              class="plain"
              type="button"
              aria-pressed=${String(e.language===n)}
              @click=${()=>t.language(n)}
            >
              ${r}
            </button>`)}
        ${H(`copy`,`Copy`,`Copy the call`,ct(()=>r),!1)}
      </div>
    </div>
    <pre tabindex="0" role="region" aria-label="The call"><code id="call">${r}</code></pre>
  </section>`}var H=(e,t,n,r,i)=>g`<button class="plain" type="button" id=${e} title=${n} ?disabled=${i} @click=${r}>
    ${t}
  </button>`,U=ht(),tr=()=>L(`explain`,[],_t(U)),nr=5,rr=!1,ir=()=>void 0;function ar(e){ir=e}function W(){Dt(U),S(),rr&&ot(tr())}async function or(e){if(!e)return;let t=_n(e);lr(t),await vn(t),S()}async function sr(e,t=!1){U.isPictureComing=!0,S();try{let n=await yn(e);U.isPictureComing=!1,n&&lr(n,t)}catch(e){U.isPictureComing=!1,U.pictureRefusal=j(e)}S()}function cr(e){U.isDragging!==e&&(U.isDragging=e,S())}function lr(e,t=U.isPictureMissing){U.picture&&URL.revokeObjectURL(U.picture.address),Object.assign(U,{picture:e,isPictureMissing:!1,pictureRefusal:null}),t||Object.assign(U,{target:``,versus:``});for(let e of U.panels)ur(e);W(),ir()}function ur(e){Object.assign(e,{answer:null,map:null,evidence:null,refusal:null,cell:null,asked:``,measured:``,times:[]})}async function dr(e,t){rr=!0,t.size>0&&(vt(t,U),await fr(t.get(`picture`))),pr(),W()}async function fr(e){if(e===null||e===(U.picture?.sample??(U.picture&&`own`)))return;if(e!==`own`){await sr(e,!0);return}let t=bn();t?lr(t,!0):U.isPictureMissing=!0}function pr(){if(!P.isReady)return;F(U.model)||(U.model=it());let e=F(U.model)?.classes??[];for(let t of[`target`,`versus`]){let n=e.indexOf(U[t]);n>=0&&(U[t]=String(n))}rt(U.model).catch(()=>setTimeout(pr,2e3)),Dt(U)}function mr(e,t){Object.assign(U,{[e]:t}),e===`model`&&(Object.assign(U,{target:``,versus:``,layer:``}),pr()),e===`target`&&U.versus===t&&(U.versus=``),W()}var hr=e=>({choose:t=>{let n=U.panels[e];n?.asking?.abort(),n?.measuring?.abort();let r=mt(t);n&&Object.assign(r,{answer:n.answer}),U.panels[e]=r,W()},select:()=>{U.selected!==e&&(U.selected=e,W())},remove:()=>{U.panels[e]?.asking?.abort(),U.panels.splice(e,1),U.selected=Math.min(U.selected,U.panels.length-1),W()},again:()=>Ot(U)});function gr(){let e=new Set(U.panels.map(({method:e})=>e)),t=P.details.get(U.model)?.unsupported??{},n=[`saliency`,`integrated-gradients`,`occlusion`,`layercam`,...P.methods.map(({name:e})=>e)].find(n=>!e.has(n)&&!(n in t));U.panels.push(mt(n??`gradcam`)),U.selected=U.panels.length-1,W()}async function _r(){let e=R(U);if(U.picture)try{dt(await Mt(U,e,U.picture),`${vr(e)}.png`)}catch(t){e.refusal=j(t),S()}}var vr=({method:e,answer:t})=>`${e}_${t?.target.label??``}`,yr={picture:()=>void _r(),numbers:()=>{let e=R(U);e.answer?.raw&&dt(Tt(e.answer.raw),`${vr(e)}.npy`)},answer:()=>{let e=R(U),t=JSON.stringify({...e.answer,evidence:e.evidence},null,1);dt(new Blob([t],{type:`application/json`}),`${vr(e)}.json`)},language:e=>{U.language=e,S()}},br={take:e=>void or(e),takeSample:e=>void sr(e),setOpacity:e=>{U.opacity=e,W()},addPanel:gr,ofPanel:hr},xr={change:mr,changeParameter:(e,t)=>{let{parameters:n}=R(U);t===``?delete n[e]:n[e]=t,W()}};function Sr(){if(!P.isReady&&!P.refusal)return g``;let e=R(U),{answer:t,times:n}=e,r=Math.min(nr,F(U.model)?.classes.length??nr);return g`<div class="explain">
    ${Vn(U,br)}
    <div class="side">
      <section class="card seen" aria-labelledby="seen-title">
        <h2 id="seen-title">What the model sees</h2>
        ${En(t?.predictions??[],t?.target.index??null,r,e=>mr(`target`,String(e)))}
        <p class="timing">
          <span class="unseen">Where the time went:</span>
          ${n.map(([e,t])=>`${e} ${Oe(t)}`).join(` · `)||`\xA0`}
        </p>
      </section>
      ${$t(U,xr)}
    </div>
    <div class="below">
      ${ln(e,{isOn:U.withEvidence,hasPicture:U.picture!==null,turn:e=>{U.withEvidence=e,W()},again:()=>Ot(U)})}
      ${er(U,yr)}
    </div>
    <p class="unseen" id="status" role="status">${Cr()}</p>
  </div>`}function Cr(){let{answer:e}=R(U),t=e?.predictions[0];return!e||!t?``:`${t.label}, ${De(t.probability)}. Explained: ${e.target.label}.`}setInterval(()=>{U.panels.some(({asking:e})=>e!==null)&&S()},1e3);var wr={title:`Explain`,enter:(e,t)=>void dr(e,t),leave:()=>{rr=!1},template:Sr},G=(e,t=``)=>`jobs/${encodeURIComponent(e)}${t}`,Tr=async e=>(await k(`jobs${He(e)}`)).body,Er=async e=>(await k(G(e))).body,Dr=async(e,t,n)=>(await k(`jobs`,{method:`POST`,headers:{"Content-Type":`application/json`,"Idempotency-Key":Nr()},body:JSON.stringify({kind:e,model:t,params:n})})).body,Or=async e=>(await k(G(e),{method:`DELETE`})).body,kr=async e=>(await k(G(e,`/retry`),{method:`POST`})).body,Ar=async e=>(await k(G(e,`/artifacts`))).body.artifacts,jr=e=>G(e,`/events`),Mr=(e,t)=>G(e,`/artifacts/${t.split(`/`).map(encodeURIComponent).join(`/`)}`),Nr=()=>[...crypto.getRandomValues(new Uint32Array(4))].map(e=>e.toString(16)).join(`-`),K=new Set([`queued`,`running`]),Pr=[`queued`,`running`,`succeeded`,`failed`,`cancelled`],Fr={queued:`…`,running:`▸`,succeeded:`✓`,failed:`✕`,cancelled:`–`},Ir=e=>Fr[e];function Lr(e){switch(e.status){case`queued`:return Rr(e.queue_position);case`running`:return zr(e.progress);case`succeeded`:return`Done${Br(e)}.`;case`cancelled`:return`Cancelled. Retrying goes on from where it stopped.`;case`failed`:return Vr(e)}}function Rr(e){return e===null?`Waits for a worker that hosts its model.`:e===0?`Is next, as soon as a worker is free.`:`Waits: ${e} ${e===1?`job goes`:`jobs go`} first.`}function zr({stage:e=``,step:t=0,total:n=0,eta_seconds:r=null,message:i=``}){if(i)return i;if(!e)return`Begins.`;let a=r===null?``:`, about ${ke(r)} left`;return n>0?`${D(e)}: ${t} of ${n}${a}.`:`${D(e)}${a}.`}function Br({started_at:e,finished_at:t}){return!e||!t?``:` in ${ke((Date.parse(t)-Date.parse(e))/1e3)}`}function Vr({error:e}){switch(e?.code){case`job_killed_its_worker`:return`It ended the workers that tried it, probably for want of memory. Ask for less at once. (${e.detail})`;case`job_failed`:return`The worker failed at it; its log says more. Retrying goes on from the last checkpoint. (${e.detail})`;case void 0:return`It failed.`;default:return e?.detail??`It failed.`}}var Hr=2e3,Ur=class{id;job=null;artifacts=[];rises=[];preview=null;refusal=null;isCutOff=!1;isDeleted=!1;isAsking=!1;stream=null;timer=0;isLetGo=!1;constructor(e){this.id=e,this.look()}letGo(){this.isLetGo=!0,this.stream?.close(),this.stream=null,clearTimeout(this.timer)}cancel(){return this.change(async()=>{let e=await Or(this.id);e?this.job=e:(this.isDeleted=!0,this.letGo())})}retry(){return this.change(async()=>{this.job=await kr(this.id),await this.look()})}async change(e){this.isAsking=!0,S();try{await e(),this.refusal=null}catch(e){this.refusal=j(e)}this.isAsking=!1,S()}async look(){try{this.job=await Er(this.id),this.refusal=null,K.has(this.job.status)?this.isLetGo||this.listen():await this.gather()}catch(e){this.refusal=j(e)}S(),this.isLetGo||this.isSettled()||(clearTimeout(this.timer),this.timer=window.setTimeout(()=>void this.look(),Hr))}isSettled(){return this.refusal?this.refusal.code===`job_not_found`:this.job!==null&&!K.has(this.job.status)}async gather(){if(this.artifacts=await Ar(this.id),this.artifacts.some(({path:e})=>e===`loss.json`)){let{body:e}=await k(Mr(this.id,`loss.json`));this.rises=e.pictures}}listen(){if(this.stream)return;let e=new EventSource(jr(this.id));this.stream=e,e.addEventListener(`open`,()=>{this.isCutOff=!1,S()}),e.addEventListener(`progress`,e=>{this.job&&={...this.job,progress:JSON.parse(e.data)},this.job?.status===`queued`&&(this.job.status=`running`),S()}),e.addEventListener(`preview`,e=>{this.preview=JSON.parse(e.data).image,S()}),e.addEventListener(`done`,()=>this.end()),e.addEventListener(`error`,t=>{t instanceof MessageEvent?this.end():this.broken(e)})}end(){this.stream?.close(),this.stream=null,this.look()}broken(e){this.isCutOff=!0,e.readyState===EventSource.CLOSED&&(this.stream=null),S()}},Wr=600,Gr=160;function Kr(e,t){let n=t.flatMap(({values:e})=>e.filter(e=>e!==null)),r=n.reduce((e,t)=>Math.min(e,t),1/0),i=n.reduce((e,t)=>Math.max(e,t),-1/0),a=Math.max(2,...t.map(({values:e})=>e.length)),o=e=>e/(a-1)*Wr,s=e=>Gr-(e-r)/(i-r||1)*152-4;return g`<figure class="plot">
    <figcaption>${e}</figcaption>
    <svg
      viewBox="0 0 ${Wr} ${Gr}"
      preserveAspectRatio="none"
      role="img"
      aria-label="${e}: from ${T(r)} to ${T(i)} over ${a} steps"
    >
      ${t.map(({values:e})=>oe`<path d=${e.map((e,t)=>e===null?``:`${t===0?`M`:`L`}${o(t).toFixed(1)} ${s(e).toFixed(1)}`).join(``)} />`)}
    </svg>
    <p class="hint">
      ${t.length} ${t.length===1?`picture`:`pictures`}, ${a} steps, from
      ${T(r)} to ${T(i)}
    </p>
  </figure>`}var qr=({status:e})=>g`<span class="badge is-${e}"
    ><span aria-hidden="true">${Ir(e)}</span> ${D(e)}</span
  >`,Jr=({kind:e,progress:t,status:n})=>g`<progress
    max="1"
    .value=${n===`succeeded`?1:t.fraction}
    aria-label="Progress of ${Me(e)}"
  ></progress>`,Yr=e=>{let{job:t,refusal:n}=e;return e.isDeleted?g`<section class="card">
      ${we(`Deleted`,`The job and its files are gone`)}
      <a href="#/jobs">All jobs</a>
    </section>`:g`<section class="card job" aria-labelledby="job-title">
    ${C(n)}
    ${t?Xr(e,t):n?v:g`<p class="quiet">Looking …</p>`}
  </section>`},Xr=(e,t)=>g`<div class="card-head">
      <h2 id="job-title">${D(t.kind)} <span class="quiet">of ${t.model}</span></h2>
      ${qr(t)}
    </div>
    <div class="standing">
      ${Jr(t)}
      <span class="percent">${Zr(t)}</span>
    </div>
    <p role="status" id="standing">${Lr(t)}</p>
    ${e.isCutOff&&K.has(t.status)?we(`No news at the moment`,`The connection broke off; the page goes on by itself`):v}
    <div class="buttons">${Qr(e,t)}</div>
    ${$r(e,t)}
    ${e.rises.length>0?Kr(`How far each picture rose towards its objective`,e.rises.map(({objective:e,scores:t})=>({name:e,values:t}))):v}
    ${ei(e,t)} ${ni(t)}`,Zr=({status:e,progress:t})=>e===`succeeded`?`100 %`:`${Math.floor(t.fraction*100)} %`;function Qr(e,t){let{isAsking:n}=e,r=()=>void e.cancel(),i=()=>void e.retry();if(K.has(t.status))return[g`<button class="plain is-alarm" type="button" ?disabled=${n} @click=${r}>
        Cancel
      </button>`];let a=g`<button class="plain" type="button" ?disabled=${n} @click=${i}>
    Retry
  </button>`,o=g`<button
    class="plain is-alarm"
    type="button"
    ?disabled=${n}
    @click=${r}
  >
    Delete with its files
  </button>`;return t.status===`succeeded`?[o]:[a,o]}function $r(e,t){let n=e.artifacts.find(({path:e})=>e===`grid.png`);if(n){let e=Mr(t.id,n.path);return g`<a class="made" href=${e} target="_blank"
      ><img src=${e} alt="All pictures, each under what it was made for"
    /></a>`}return K.has(t.status)?g`<div class="made is-open">
    ${e.preview?g`<img src="data:image/png;base64,${e.preview}" alt="What is being made" />`:g`<p class="quiet">What is being made will be seen here.</p>`}
  </div>`:v}function ei({artifacts:e},t){return e.length===0?v:g`<details class="files" ?open=${e.length<=24}>
    <summary>${e.length} ${e.length===1?`file`:`files`}</summary>
    <ul class="artifacts">
      ${e.map(e=>g`<li>${ti(e,t)}</li>`)}
    </ul>
  </details>`}var ti=({path:e,bytes:t,media_type:n},r)=>{let i=Mr(r.id,e);return g`<a href=${i} target="_blank">
    ${n.startsWith(`image/`)?g`<img src=${i} alt="" loading="lazy" width="96" height="96" />`:g`<span class="no-picture" aria-hidden="true">${e.split(`.`).pop()}</span>`}
    <span>${e}</span> <span class="quiet">${Ae(t)}</span>
  </a>`},ni=e=>g`<details>
    <summary>Parameters and times</summary>
    <dl class="facts">
      <dt>ID</dt>
      <dd>${e.id}</dd>
      <dt>Submitted</dt>
      <dd>${w(e.created_at)}</dd>
      ${ri(`Begun`,e.started_at)} ${ri(`Ended`,e.finished_at)}
      ${ri(`Kept until`,e.expires_at)}
      <dt>Attempts</dt>
      <dd>${e.attempt}</dd>
      ${Object.entries(e.params).map(([e,t])=>g`<dt>${D(e)}</dt>
            <dd>${ii(t)}</dd>`)}
    </dl>
  </details>`,ri=(e,t)=>t?g`<dt>${e}</dt>
        <dd>${w(t)}</dd>`:v;function ii(e){return e===null?`automatic`:typeof e==`object`?JSON.stringify(e):String(e)}var ai=/^-?\d+(\.\d+)?(e-?\d+)?$/i,oi=(e,t)=>Object.fromEntries(Object.entries(e).filter(([e,n])=>n.trim()!==``&&e in t).map(([e,n])=>[e,si(n.trim(),t[e]??{})]));function si(e,t){let n=t.anyOf??[t],r=e=>n.some(t=>t.type===e);return r(`boolean`)&&(e===`true`||e===`false`)?e===`true`:(r(`integer`)||r(`number`))&&ai.test(e)?Number(e):n.some(t=>ci(e,t))?e:r(`array`)?e.split(`,`).map(e=>li(e.trim())):e}var ci=(e,{type:t,pattern:n,enum:r})=>t===`string`&&(n===void 0||new RegExp(n).test(e))&&(r===void 0||r.includes(e)),li=e=>ai.test(e)?Number(e):e,ui=`activation-maximization`,di=[`channels`,`classes`,`negative`,`parametrization`,`steps`,`size`],fi={channel:[`layer`,`channels`],neuron:[`layer`,`channels`,`row`,`column`],layer:[`layer`],logit:[`classes`]},pi=[{value:`channel`,text:`Channels of a layer`},{value:`neuron`,text:`Channels at one place`},{value:`layer`,text:`A whole layer (DeepDream)`},{value:`logit`,text:`Classes`}],q={followed:null,model:``,written:{objective:`channel`},properties:null,earlier:[],refusal:null,isSubmitting:!1},mi=!1;function hi(e,t){mi=!0;let[n]=e;if(n!==q.followed?.id&&(q.followed?.letGo(),q.followed=n?new Ur(n):null),t.size>0){let{model:e,...n}=Object.fromEntries(t);Object.assign(q,{model:e??``,written:{objective:`channel`,...n}})}J()}function gi(){mi=!1,q.followed?.letGo(),q.followed=null}function J(){mi&&P.isReady&&(F(q.model)||(q.model=it()),rt(q.model).catch(()=>setTimeout(J,2e3)),_i(),vi())}async function _i(){if(!q.properties){try{let{body:e}=await k(`openapi.json`);q.properties=Gt(e.components.schemas.ActivationMaximizationParameters)}catch(e){q.refusal=j(e)}S()}}async function vi(){try{q.earlier=(await Tr({kind:ui,limit:`12`})).jobs}catch(e){q.refusal=j(e)}S()}async function yi(e){e.preventDefault(),Object.assign(q,{isSubmitting:!0,refusal:null}),S();try{let e=await Dr(ui,q.model,oi(bi(),q.properties??{}));location.hash=L(`features`,[e.id])}catch(e){q.refusal=j(e)}q.isSubmitting=!1,S()}function bi(){let e=new Set(fi[Y()]),t=new Set(Object.values(fi).flat());return Object.fromEntries(Object.entries(q.written).filter(([n])=>e.has(n)||!t.has(n)))}var Y=()=>q.written.objective??`channel`;function xi(e,t){t===``?delete q.written[e]:q.written[e]=t,q.followed||ot(L(`features`,[],new URLSearchParams({model:q.model,...q.written}))),S()}var Si=()=>g`<div class="features ${q.followed?`is-watching`:``}">
    <form class="card choices" aria-label="What to make pictures of" @submit=${yi}>
      <h2>What does a unit look for?</h2>
      <p class="quiet">
        A picture is changed, step by step, until a unit of the network answers to it as strongly as
        it can.
      </p>
      ${Ci()} ${C(q.refusal,J)}
      <button id="start" type="submit" ?disabled=${q.isSubmitting||!q.properties}>
        Make the pictures
      </button>
    </form>
    <div class="watching">
      ${q.followed?Yr(q.followed):Di()} ${Oi()}
    </div>
  </div>`;function Ci(){let e=(P.layers.get(q.model)??[]).filter(({output_shape:e})=>e.length===3),t=P.details.get(q.model)?.default_layer??``,n=fi[Y()]??[];return g`${B({id:`model`,label:`Model`,value:q.model,choices:P.models.map(({name:e})=>({value:e,text:e})),change:e=>{Object.assign(q,{model:e,written:{objective:Y()}}),J(),S()}})}
  ${B({id:`objective`,label:`Pictures of`,value:Y(),choices:pi,change:e=>xi(`objective`,e)})}
  ${n.includes(`layer`)?B({id:`layer`,label:`Layer`,value:q.written.layer??``,choices:[{value:``,text:t?`the last map (${t})`:`the last map`},...e.map(({name:e,output_shape:t})=>({value:e,text:`${e} · ${t.at(-1)} channels`})).reverse()],change:e=>xi(`layer`,e)}):v}
  ${Ei(di.filter(e=>wi(e,n)))}
  <details class="own">
    <summary>All settings</summary>
    ${Ei(Ti(n))}
  </details>`}var wi=(e,t)=>t.includes(e)||!Object.values(fi).flat().includes(e);function Ti(e){let t=new Set([...di,`objective`,`layer`]);return Object.keys(q.properties??{}).filter(n=>!t.has(n)&&wi(n,e))}var Ei=e=>{let t=e.flatMap(e=>{let t=q.properties?.[e];return t?[[e,t]]:[]});return Jt(Object.fromEntries(t),q.written,xi,`feature`)},Di=()=>g`<section class="card teaching">
    <p>
      The pictures emerge here while they are made. Start with the channels of a late layer, or with
      the classes: what would be the most cat-like picture of all?
    </p>
  </section>`;function Oi(){let e=q.earlier.filter(({id:e,status:t})=>e!==q.followed?.id&&(t===`succeeded`||K.has(t)));return e.length===0?v:g`<section class="card" aria-labelledby="earlier-title">
    <h2 id="earlier-title">Earlier ones</h2>
    <ul class="earlier">
      ${e.map(e=>g`<li>
            <a href=${L(`features`,[e.id])}>
              ${e.status===`succeeded`?g`<img src=${Mr(e.id,`grid.png`)} alt="" loading="lazy" />`:g`<span class="no-picture" aria-hidden="true">…</span>`}
              <span>${ki(e)}</span>
              <span class="quiet">${w(e.created_at)}</span>
              ${e.status===`succeeded`?v:qr(e)}
            </a>
          </li>`)}
    </ul>
  </section>`}function ki({params:e}){let[t,n]=[e.objective,e.layer??`the last map`];return t===`logit`?`Classes ${String(e.classes)}`:t===`layer`?`Layer ${String(n)}`:`Channels ${String(e.channels)} of ${String(n)}`}var Ai={title:`Features`,enter:hi,leave:gi,template:Si},X={followed:null,jobs:[],older:[],nextCursor:null,status:``,isLoaded:!1,refusal:null},ji=1500,Mi=6e3,Ni=0,Pi=!1;async function Fi(){clearTimeout(Ni);let{status:e}=X;try{let{jobs:t,next_cursor:n}=await Tr({status:e});if(e!==X.status)return;X.older.length===0&&(X.nextCursor=n),Object.assign(X,{jobs:t,refusal:null,isLoaded:!0})}catch(e){X.refusal=j(e)}if(S(),!Pi)return;let t=X.refusal!==null||X.jobs.some(e=>K.has(e.status));Ni=window.setTimeout(()=>void Fi(),t?ji:Mi)}async function Ii(){let{jobs:e,next_cursor:t}=await Tr({status:X.status,cursor:X.nextCursor??``});Object.assign(X,{older:[...X.older,...e],nextCursor:t}),S()}function Li(e,t){Ri();let[n]=e;n?X.followed=new Ur(n):(Pi=!0,X.status=t.get(`status`)??``,Fi())}function Ri(){Pi=!1,clearTimeout(Ni),X.followed?.letGo(),Object.assign(X,{followed:null,older:[]})}function zi(e){Object.assign(X,{status:e,older:[],isLoaded:!1,jobs:[]}),ot(L(`jobs`,[],new URLSearchParams(e?{status:e}:{}))),Fi()}var Bi=()=>X.followed?g`<p class="way-back"><a href="#/jobs">← All jobs</a></p>
        ${Yr(X.followed)}`:Vi(),Vi=()=>g`<section class="card" aria-labelledby="jobs-title">
    <div class="card-head">
      <h2 id="jobs-title">Jobs</h2>
      <div class="filter">
        ${B({id:`status-filter`,label:`Show`,value:X.status,choices:[{value:``,text:`all`},...Pr.map(e=>({value:e,text:e}))],change:zi})}
      </div>
    </div>
    ${C(X.refusal,()=>void Fi())}
    ${X.jobs.length>0?Hi():X.isLoaded?Wi():v}
  </section>`;function Hi(){let e=new Set(X.jobs.map(({id:e})=>e));return g`<ul class="jobs">
      ${[...X.jobs,...X.older.filter(({id:t})=>!e.has(t))].map(Ui)}
    </ul>
    ${X.nextCursor?g`<button class="plain" type="button" @click=${()=>void Ii()}>Older jobs</button>`:v}`}var Ui=e=>g`<li>
    <a href=${L(`jobs`,[e.id])}>${D(e.kind)}</a>
    <span class="quiet">${e.model} · ${w(e.created_at)}</span>
    ${qr(e)} ${Jr(e)}
    <span class="words">${Lr(e)}</span>
  </li>`,Wi=()=>X.status?g`<p class="quiet">No job is ${X.status}.</p>`:g`<div class="teaching">
        <p>
          Work that takes longer than a request may last is a job: pictures of what a network's units
          look for, for example. It outlives this page, and stands here until it is deleted.
        </p>
        <p><a class="button" href="#/features">Make a first one</a></p>
      </div>`,Gi={title:`Jobs`,enter:Li,leave:Ri,template:Bi},Ki=({output_shape:e})=>e.at(-1)??0,qi=e=>Math.max(1,Math.ceil(Ki(e)/64));function Ji(e,t,n=64){let r=Math.min(Math.max(0,t),qi(e)-1)*64,i=Math.min(r+n,Ki(e))-1;return i<r?``:`${r}-${i}`}var Yi=class{wanted;filters=null;filtersRefusal=null;maps=null;mapsRefusal=null;asking=new AbortController;constructor(e){this.wanted=e;let{layer:t,picture:n}=e;t.kernel_shape.length>0&&this.askFilters(),t.output_shape.length===3&&n&&this.askMaps(n)}isOf({model:e,layer:t,channels:n,picture:r}){return e===this.wanted.model&&t.name===this.wanted.layer.name&&n===this.wanted.channels&&r?.address===this.wanted.picture?.address}letGo(){this.asking.abort()}async askFilters(){let{model:e,layer:t,channels:n}=this.wanted,r=[e,`layers`,...t.name.split(`/`),`filters`].map(encodeURIComponent);try{let{body:e}=await k(`models/${r.join(`/`)}${He({channels:n,outputs:`grid`})}`,{signal:this.asking.signal});this.filters=e}catch(e){if(A(e))return;this.filtersRefusal=j(e)}S()}async askMaps(e){let{model:t,layer:n,channels:r}=this.wanted;try{let{body:i}=await k(`explain/feature-maps`,{method:`POST`,body:M(e,{model:t,layer:n.name,channels:r}),signal:this.asking.signal});this.maps=i}catch(e){if(A(e))return;this.mapsRefusal=j(e)}S()}},Z={model:``,layer:``,page:0,search:``,insight:null},Xi=!1;function Zi(e,t){Xi=!0;let[n=``,...r]=e;n&&Object.assign(Z,{model:n,layer:r.join(`/`)}),Z.page=Number(t.get(`page`)??0)||0,Qi()}function Qi(){Xi&&P.isReady&&(F(Z.model)||Object.assign(Z,{model:it(),layer:``}),rt(Z.model).then($i).catch(()=>setTimeout(Qi,2e3)))}function $i(){let e=ea();if(!Xi||!e)return;Z.layer=e.name,ot(ta(e.name));let t={model:Z.model,layer:e,channels:Ji(e,Z.page),picture:U.picture};Z.insight?.isOf(t)||(Z.insight?.letGo(),Z.insight=new Yi(t)),S()}function ea(){let e=P.layers.get(Z.model)??[],t=P.details.get(Z.model)?.default_layer;return e.find(({name:e})=>e===Z.layer)??e.find(({name:e})=>e===t)??e[0]}var ta=(e,t=Z.page)=>L(`model`,[Z.model,...e.split(`/`)],new URLSearchParams(t?{page:String(t)}:{})),na=()=>{let e=P.layers.get(Z.model)??[],t=ea();return g`<div class="model">
    <section class="card layers" aria-labelledby="layers-title">
      <h2 id="layers-title">Layers</h2>
      ${B({id:`model`,label:`Model`,value:Z.model,choices:P.models.map(({name:e})=>({value:e,text:e})),change:e=>{location.hash=L(`model`,[e])},hint:ra(e)})}
      ${Ut({id:`search`,label:`Find a layer`,type:`search`,value:Z.search,placeholder:`conv, relu, …`,change:e=>{Z.search=e,S()}})}
      <nav class="layer-list" aria-label="Layers of ${Z.model}" tabindex="-1">
        <ol>
          ${ia(e).map(e=>aa(e,e===t))}
        </ol>
      </nav>
    </section>
    <div class="insight">
      ${t&&Z.insight?oa(t,Z.insight):v}
    </div>
  </div>`};function ra(e){let t=F(Z.model)?.parameters??0;return`${e.length} layers, ${E(t)} parameters`}function ia(e){let t=Z.search.trim().toLowerCase();return e.filter(({name:e,type:n})=>`${e} ${n}`.toLowerCase().includes(t))}var aa=({name:e,type:t,output_shape:n},r)=>g`<li>
    <a href=${ta(e,0)} aria-current=${r?`true`:v}>
      <span class="layer-name">${e}</span>
      <span class="quiet">${t}</span>
      <span class="quiet sides">${je(n)}</span>
    </a>
  </li>`,oa=(e,t)=>g`<section class="card" aria-labelledby="layer-title">
      <h2 id="layer-title" class="layer-title">${e.name}</h2>
      <dl class="facts">
        <dt>Type</dt>
        <dd>${e.type}</dd>
        <dt>Output</dt>
        <dd>${je(e.output_shape)}</dd>
        <dt>Parameters</dt>
        <dd>${E(e.parameters)}</dd>
        ${e.kernel_shape.length>0?g`<dt>Filters</dt>
              <dd>${je(e.kernel_shape)}</dd>`:v}
      </dl>
      ${e.output_shape.length===3?g`<p class="links">
            <a href=${sa(e)}>What its channels look for</a>
            ${e.explainable?g`<a href=${ca(e)}>Explain at this layer</a>`:v}
          </p>`:v}
      ${la(e)}
    </section>
    ${ua(e,t)} ${pa(e,t)}`,sa=e=>L(`features`,[],new URLSearchParams({model:Z.model,objective:`channel`,layer:e.name,channels:Ji(e,Z.page,8)||`random:9`}));function ca(e){let[t=``,n=``]=tr().split(`?`,2),r=new URLSearchParams(n);return r.set(`layer`,e.name),r.set(`model`,Z.model),`${t}?${r}`}function la(e){let t=qi(e);return t<2?v:g`<nav class="buttons paging" aria-label="Channels">
    ${Array.from({length:t},(t,n)=>{let r=n*64;return g`<a
        class="button plain"
        href=${ta(e.name,n)}
        aria-current=${n===Z.page?`true`:v}
        >${r}–${Math.min(r+64,e.output_shape.at(-1)??0)-1}</a
      >`})}
  </nav>`}var ua=(e,{maps:t,mapsRefusal:n,wanted:r})=>g`<section class="card" aria-labelledby="maps-title">
    <h2 id="maps-title">What it answers to the picture</h2>
    ${e.output_shape.length===3?r.picture?g`${C(n)}
            <div class="grid-picture">
              ${t?.grid?g`<img
                    src="data:image/png;base64,${t.grid}"
                    alt="The maps of channels ${r.channels}, each in its own range"
                  />`:n?v:g`<p class="quiet">Looking …</p>`}
            </div>
            ${t?.channels?g`<p class="hint">
                  Strongest: ${fa(t.channels)}. Every map is drawn in its own range.
                </p>`:v}`:g`<p class="quiet">Drop or paste a picture, or choose one:</p>
            <div class="samples is-left">
              ${Gn(null,{takeSample:e=>void sr(e)})}
            </div>`:g`<p class="quiet">This layer has no maps: its output is no picture any more.</p>`}
  </section>`,da=5,fa=e=>[...e].sort((e,t)=>(t.max??0)-(e.max??0)).slice(0,da).map(({index:e,max:t})=>`channel ${e} (${T(t??NaN)})`).join(`, `),pa=(e,{filters:t,filtersRefusal:n})=>g`<section class="card" aria-labelledby="filters-title">
    <h2 id="filters-title">What it has learned</h2>
    ${e.kernel_shape.length===0?g`<p class="quiet">This layer has no filters: it is no convolution.</p>`:g`${C(n)}
          <div class="grid-picture">
            ${t?.grid?g`<img
                  src="data:image/png;base64,${t.grid}"
                  alt="Filters of ${e.name}, each under its output channel"
                />`:n?v:g`<p class="quiet">Looking …</p>`}
          </div>
          ${t?g`<p class="hint">
                ${t.input_channel==null?`In colour: these filters see the picture itself; mid-grey is zero.`:`The weights for input channel ${t.input_channel}: red is positive, blue negative.`}
              </p>`:v}`}
  </section>`;ar($i);var Q={explain:wr,model:{title:`Model`,enter:Zi,leave:()=>{Xi=!1},template:na},features:Ai,jobs:Gi,datasets:$e};function ma(){pr(),Qi(),J()}var ha=document.getElementById(`page`),$=``;function ga(){let e=at(location.hash),t=e.view in Q?e.view:`explain`;t!==$&&Q[$]?.leave(),$=t;let n=Q[t];document.title=`${n.title} · Vitrine`,n.enter(e.path,e.query),S()}var _a=(e,{title:t})=>g`<a
    href=${e===`explain`?tr():L(e)}
    aria-current=${e===$?`page`:v}
    >${t}</a
  >`,va=()=>g`<a class="skip" href="#main" @click=${ya}>Skip to the content</a>
    <header class="head">
      <img src="web/favicon.svg" alt="" width="32" height="32" />
      <span class="brand">Vitrine</span>
      <nav aria-label="Views">
        ${Object.entries(Q).map(([e,t])=>_a(e,t))}
        <a href="docs">HTTP interface</a>
      </nav>
    </header>
    <main id="main" tabindex="-1">
      <h1 class="unseen">Vitrine: ${Q[$]?.title}</h1>
      ${C(P.refusal,()=>void tt(ma))}
      ${Q[$]?.template()??v}
    </main>`;function ya(e){e.preventDefault(),document.getElementById(`main`)?.focus()}function ba(e){e&&($!==`model`&&(location.hash=tr()),or(e))}document.addEventListener(`paste`,({clipboardData:e})=>ba(e?.files[0])),document.addEventListener(`dragover`,e=>{e.preventDefault(),cr(!0)}),document.addEventListener(`dragleave`,({relatedTarget:e})=>{e===null&&cr(!1)}),document.addEventListener(`drop`,e=>{e.preventDefault(),cr(!1),ba(e.dataTransfer?.files[0])}),Se(()=>ye(va(),ha)),window.addEventListener(`hashchange`,ga),ga(),tt(ma);