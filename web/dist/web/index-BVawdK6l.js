var e=globalThis,t=e=>e,n=e.trustedTypes,r=n?n.createPolicy(`lit-html`,{createHTML:e=>e}):void 0,i=`$lit$`,a=`lit$${Math.random().toFixed(9).slice(2)}$`,o=`?`+a,s=`<${o}>`,c=document,l=()=>c.createComment(``),u=e=>e===null||typeof e!=`object`&&typeof e!=`function`,d=Array.isArray,f=e=>d(e)||typeof e?.[Symbol.iterator]==`function`,p=`[ 	
\f\r]`,m=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,ee=/-->/g,te=/>/g,h=RegExp(`>|${p}(?:([^\\s"'>=/]+)(${p}*=${p}*(?:[^ \t\n\f\r"'\`<>=]|("|')|))|$)`,`g`),ne=/'/g,re=/"/g,ie=/^(?:script|style|textarea|title)$/i,g=e=>(t,...n)=>({_$litType$:e,strings:t,values:n}),_=g(1),ae=g(2),v=Symbol.for(`lit-noChange`),y=Symbol.for(`lit-nothing`),oe=new WeakMap,b=c.createTreeWalker(c,129);function se(e,t){if(!d(e)||!e.hasOwnProperty(`raw`))throw Error(`invalid template strings array`);return r===void 0?t:r.createHTML(t)}var ce=(e,t)=>{let n=e.length-1,r=[],o,c=t===2?`<svg>`:t===3?`<math>`:``,l=m;for(let t=0;t<n;t++){let n=e[t],u,d,f=-1,p=0;for(;p<n.length&&(l.lastIndex=p,d=l.exec(n),d!==null);)p=l.lastIndex,l===m?d[1]===`!--`?l=ee:d[1]===void 0?d[2]===void 0?d[3]!==void 0&&(l=h):(ie.test(d[2])&&(o=RegExp(`</`+d[2],`g`)),l=h):l=te:l===h?d[0]===`>`?(l=o??m,f=-1):d[1]===void 0?f=-2:(f=l.lastIndex-d[2].length,u=d[1],l=d[3]===void 0?h:d[3]===`"`?re:ne):l===re||l===ne?l=h:l===ee||l===te?l=m:(l=h,o=void 0);let g=l===h&&e[t+1].startsWith(`/>`)?` `:``;c+=l===m?n+s:f>=0?(r.push(u),n.slice(0,f)+i+n.slice(f)+a+g):n+a+(f===-2?t:g)}return[se(e,c+(e[n]||`<?>`)+(t===2?`</svg>`:t===3?`</math>`:``)),r]},le=class e{constructor({strings:t,_$litType$:r},s){let c;this.parts=[];let u=0,d=0,f=t.length-1,p=this.parts,[m,ee]=ce(t,r);if(this.el=e.createElement(m,s),b.currentNode=this.el.content,r===2||r===3){let e=this.el.content.firstChild;e.replaceWith(...e.childNodes)}for(;(c=b.nextNode())!==null&&p.length<f;){if(c.nodeType===1){if(c.hasAttributes())for(let e of c.getAttributeNames())if(e.endsWith(i)){let t=ee[d++],n=c.getAttribute(e).split(a),r=/([.?@])?(.*)/.exec(t);p.push({type:1,index:u,name:r[2],strings:n,ctor:r[1]===`.`?fe:r[1]===`?`?pe:r[1]===`@`?me:S}),c.removeAttribute(e)}else e.startsWith(a)&&(p.push({type:6,index:u}),c.removeAttribute(e));if(ie.test(c.tagName)){let e=c.textContent.split(a),t=e.length-1;if(t>0){c.textContent=n?n.emptyScript:``;for(let n=0;n<t;n++)c.append(e[n],l()),b.nextNode(),p.push({type:2,index:++u});c.append(e[t],l())}}}else if(c.nodeType===8){if(c.data===o)p.push({type:2,index:u});else{let e=-1;for(;(e=c.data.indexOf(a,e+1))!==-1;)p.push({type:7,index:u}),e+=a.length-1}}u++}}static createElement(e,t){let n=c.createElement(`template`);return n.innerHTML=e,n}};function x(e,t,n=e,r){if(t===v)return t;let i=r===void 0?n._$Cl:n._$Co?.[r],a=u(t)?void 0:t._$litDirective$;return i?.constructor!==a&&(i?._$AO?.(!1),a===void 0?i=void 0:(i=new a(e),i._$AT(e,n,r)),r===void 0?n._$Cl=i:(n._$Co??=[])[r]=i),i!==void 0&&(t=x(e,i._$AS(e,t.values),i,r)),t}var ue=class{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:t},parts:n}=this._$AD,r=(e?.creationScope??c).importNode(t,!0);b.currentNode=r;let i=b.nextNode(),a=0,o=0,s=n[0];for(;s!==void 0;){if(a===s.index){let t;s.type===2?t=new de(i,i.nextSibling,this,e):s.type===1?t=new s.ctor(i,s.name,s.strings,this,e):s.type===6&&(t=new he(i,this,e)),this._$AV.push(t),s=n[++o]}a!==s?.index&&(i=b.nextNode(),a++)}return b.currentNode=c,r}p(e){let t=0;for(let n of this._$AV)n!==void 0&&(n.strings===void 0?n._$AI(e[t]):(n._$AI(e,n,t),t+=n.strings.length-2)),t++}},de=class e{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,n,r){this.type=2,this._$AH=y,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=n,this.options=r,this._$Cv=r?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=x(this,e,t),u(e)?e===y||e==null||e===``?(this._$AH!==y&&this._$AR(),this._$AH=y):e!==this._$AH&&e!==v&&this._(e):e._$litType$===void 0?e.nodeType===void 0?f(e)?this.k(e):this._(e):this.T(e):this.$(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==y&&u(this._$AH)?this._$AA.nextSibling.data=e:this.T(c.createTextNode(e)),this._$AH=e}$(e){let{values:t,_$litType$:n}=e,r=typeof n==`number`?this._$AC(e):(n.el===void 0&&(n.el=le.createElement(se(n.h,n.h[0]),this.options)),n);if(this._$AH?._$AD===r)this._$AH.p(t);else{let e=new ue(r,this),n=e.u(this.options);e.p(t),this.T(n),this._$AH=e}}_$AC(e){let t=oe.get(e.strings);return t===void 0&&oe.set(e.strings,t=new le(e)),t}k(t){d(this._$AH)||(this._$AH=[],this._$AR());let n=this._$AH,r,i=0;for(let a of t)i===n.length?n.push(r=new e(this.O(l()),this.O(l()),this,this.options)):r=n[i],r._$AI(a),i++;i<n.length&&(this._$AR(r&&r._$AB.nextSibling,i),n.length=i)}_$AR(e=this._$AA.nextSibling,n){for(this._$AP?.(!1,!0,n);e!==this._$AB;){let n=t(e).nextSibling;t(e).remove(),e=n}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},S=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,n,r,i){this.type=1,this._$AH=y,this._$AN=void 0,this.element=e,this.name=t,this._$AM=r,this.options=i,n.length>2||n[0]!==``||n[1]!==``?(this._$AH=Array(n.length-1).fill(new String),this.strings=n):this._$AH=y}_$AI(e,t=this,n,r){let i=this.strings,a=!1;if(i===void 0)e=x(this,e,t,0),a=!u(e)||e!==this._$AH&&e!==v,a&&(this._$AH=e);else{let r=e,o,s;for(e=i[0],o=0;o<i.length-1;o++)s=x(this,r[n+o],t,o),s===v&&(s=this._$AH[o]),a||=!u(s)||s!==this._$AH[o],s===y?e=y:e!==y&&(e+=(s??``)+i[o+1]),this._$AH[o]=s}a&&!r&&this.j(e)}j(e){e===y?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??``)}},fe=class extends S{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===y?void 0:e}},pe=class extends S{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==y)}},me=class extends S{constructor(e,t,n,r,i){super(e,t,n,r,i),this.type=5}_$AI(e,t=this){if((e=x(this,e,t,0)??y)===v)return;let n=this._$AH,r=e===y&&n!==y||e.capture!==n.capture||e.once!==n.once||e.passive!==n.passive,i=e!==y&&(n===y||r);r&&this.element.removeEventListener(this.name,this,n),i&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH==`function`?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},he=class{constructor(e,t,n){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=n}get _$AU(){return this._$AM._$AU}_$AI(e){x(this,e)}},ge={M:i,P:a,A:o,C:1,L:ce,R:ue,D:f,V:x,I:de,H:S,N:pe,U:me,B:fe,F:he},_e=e.litHtmlPolyfillSupport;_e?.(le,de),(e.litHtmlVersions??=[]).push(`3.3.3`);var ve=(e,t,n)=>{let r=n?.renderBefore??t,i=r._$litPart$;if(i===void 0){let e=n?.renderBefore??null;r._$litPart$=i=new de(t.insertBefore(l(),e),e,void 0,n??{})}return i._$AI(e),i},ye=()=>void 0,be=!1;function xe(e){ye=e}function C(){be||(be=!0,queueMicrotask(()=>{be=!1,ye()}))}var Se=new Set([`no_worker`]),w=(e,t=null)=>e===null?y:_`<div class="note ${Se.has(e.code)?``:`is-error`}" role="alert">
        <strong>${e.title}</strong>
        <span>${Te(e.message)}</span>
        ${e.retrySeconds!==null&&t?_`<button class="plain" type="button" @click=${t}>Try again</button>`:y}
      </div>`,Ce=(e,t)=>_`<div class="note"><strong>${e}</strong><span>${Te(t)}</span></div>`,we=(e,t)=>_`<p class="working">
    <span class="spinner" aria-hidden="true"></span>
    <span>${e}${t<2?``:` ${Math.floor(t)} s`}</span>
  </p>`,Te=e=>{let t=e.charAt(0).toUpperCase()+e.slice(1);return/[.?!…:]$/.test(t)?t:`${t}.`};function Ee(e){let t=(e*100).toFixed(1);return e<5e-4?`< 0.1 %`:e<1&&t===`100.0`?`> 99.9 %`:`${t} %`}function De(e){return e<10?`${e.toFixed(1)} ms`:e<1e3?`${Math.round(e)} ms`:`${(e/1e3).toFixed(1)} s`}function Oe(e){let t=Math.max(0,Math.round(e));if(t<90)return`${t} s`;let n=Math.round(t/60);return n<90?`${n} min`:`${Math.floor(n/60)} h ${n%60} min`}function T(e,t=new Date){let n=new Date(e),r=n.toDateString()===t.toDateString(),i={hour:`2-digit`,minute:`2-digit`};return n.toLocaleString(void 0,r?i:{...i,day:`numeric`,month:`short`})}function ke(e){return e<1e3?`${e} B`:e<1e6?`${Math.round(e/1e3)} kB`:e<1e9?`${(e/1e6).toFixed(1)} MB`:`${(e/1e9).toFixed(1)} GB`}var E=e=>Number.isFinite(e)?String(Number(e.toPrecision(4))):`not finite`,D=e=>e.toLocaleString(`en`),Ae=e=>e.length===0?`–`:e.map(e=>e??`?`).join(` × `),je=e=>e.replaceAll(/[_-]/g,` `),O=e=>{let t=je(e);return t.charAt(0).toUpperCase()+t.slice(1)},k=class extends Error{title;code;retrySeconds;constructor({title:e,detail:t,code:n=``,retrySeconds:r=null}){super(t),this.title=e,this.code=n,this.retrySeconds=r}},Me=()=>new k({title:`The service does not answer`,detail:"Is it still running? If it was started with `make serve`, look at that terminal. The page goes on by itself once the service is back.",code:`no_answer`,retrySeconds:2});function Ne(e,t){let n=Number(e.headers.get(`Retry-After`));return new k({title:t?.title??`Error ${e.status}`,detail:Pe(t)??`Something between here and the service answered ${e.status}.`,code:t?.code??``,retrySeconds:n>0?n:null})}function Pe(e){switch(e?.code){case`model_not_ready`:return`No worker serves this model at the moment. One that has just been started needs some seconds.`;case`broker_unavailable`:return`The service has lost its Redis and is waiting for it to come back.`;case`image_undecodable`:return`This file is no picture that the service can read: ${e.detail}. JPEG, PNG, WebP, BMP, GIF and TIFF are.`;case`queue_full`:return`Too many requests are waiting at the moment.`;case`deadline_exceeded`:return`${e.detail}. Choose a quicker method, or fewer passes in its settings.`;case`fields_invalid`:return(e.errors??[]).map(({pointer:e,detail:t})=>`${e.replace(/^\//,``)}: ${t}`).join(`; `);default:return e?.detail}}async function A(e,t={}){let n=await ze(e,{...t,headers:{Accept:`application/json`,...t.headers}}),r=n.status===204?null:await n.json().catch(()=>void 0);if(n.ok&&r!==void 0)return{body:r,times:Be(n.headers.get(`Server-Timing`)??``),status:n.status};throw Ne(n,r??null)}function Fe(e,t,{sent:n,signal:r}){let i=new XMLHttpRequest;return i.open(`POST`,e),i.setRequestHeader(`Accept`,`application/json`),r.addEventListener(`abort`,()=>i.abort()),new Promise((e,r)=>{i.upload.onprogress=({loaded:e,total:t})=>n(t>0?e/t:0),i.onerror=()=>r(Me()),i.onabort=()=>r(new DOMException(`given up`,`AbortError`)),i.onload=()=>{let t=i.status>=200&&i.status<300,n=Ie(i.responseText);t&&n!==null?e(n):r(Ne(Le(i),n))},i.send(t)})}function Ie(e){try{return JSON.parse(e)}catch{return null}}var Le=e=>new Response(null,{status:e.status,headers:{"Retry-After":e.getResponseHeader(`Retry-After`)??``}});async function Re(e,t={}){let n=await ze(e,t);if(n.ok)return n.blob();throw Ne(n,await n.json().catch(()=>null))}async function ze(e,t){try{return await fetch(e,t)}catch(e){throw j(e)?e:Me()}}var j=e=>e instanceof DOMException&&e.name===`AbortError`;function M(e){if(e instanceof k)return e;throw e}var Be=e=>[...e.matchAll(/([\w-]+);dur=([\d.]+)/g)].map(([,e=``,t])=>[e,Number(t)]);function N(e,t){let n=new FormData;n.append(`image`,e.blob,e.name);for(let[e,r]of Object.entries(t))r!==``&&n.append(e,r);return n}function Ve(e){let t=Object.entries(e).filter(([,e])=>e!==``);return t.length===0?``:`?${new URLSearchParams(t)}`}var P={datasets:[],isLoaded:!1,refusal:null,sending:null,added:null,doomed:null};async function He(){try{let{body:e}=await A(`datasets`);Object.assign(P,{datasets:e.datasets,isLoaded:!0,refusal:null})}catch(e){P.refusal=M(e)}C()}async function Ue(e){let t=e.files?.[0];if(e.value=``,!t)return;let n={name:t.name,part:0,abort:new AbortController};Object.assign(P,{sending:n,added:null,refusal:null}),C();let r=new FormData;r.append(`archive`,t,t.name);try{P.added=await Fe(`datasets`,r,{sent:e=>{n.part=e,C()},signal:n.abort.signal}),P.sending=null,await He()}catch(e){P.sending=null,j(e)||(P.refusal=M(e))}C()}async function We(e){P.doomed=null;try{await A(`datasets/${encodeURIComponent(e)}`,{method:`DELETE`}),P.added?.id===e&&(P.added=null),await He()}catch(e){P.refusal=M(e),C()}}var Ge=()=>_`<section class="card datasets" aria-labelledby="datasets-title">
    <div class="card-head">
      <h2 id="datasets-title">Datasets</h2>
      <div>
        <input
          class="hidden-input"
          id="archive"
          type="file"
          accept=".zip,.tar,.gz,.tgz"
          aria-label="Add an archive of images"
          ?disabled=${P.sending!==null}
          @change=${e=>void Ue(e.target)}
        />
        <label class="button" for="archive">Add an archive</label>
      </div>
    </div>
    <p class="quiet">
      A zip, tar or tar.gz file of images; its folders are the classes. Jobs work on datasets.
    </p>
    ${P.sending?Ke(P.sending):y}
    ${w(P.refusal,()=>void He())}
    ${P.added?qe(P.added):y}
    ${P.datasets.length>0?Je():P.isLoaded?Ze():y}
  </section>`,Ke=({name:e,part:t,abort:n})=>_`<div class="sending">
    <span role="status"
      >${t<1?`Sending ${e}`:`${e} has arrived; its images are looked at …`}</span
    >
    <div class="standing">
      <progress max="1" .value=${t} aria-label="Sent of ${e}"></progress>
      <span class="percent">${Math.floor(t*100)} %</span>
    </div>
    <button class="plain is-alarm" type="button" @click=${()=>n.abort()}>Give up</button>
  </div>`;function qe({name:e,images:t,skipped:n,skipped_files:r}){let i=n===0?``:`; ${D(n)} files were left out`;return _`${Ce(`${e} is there`,`${D(t)} images${i}`)}
  ${n>0?_`<details>
        <summary>Files left out</summary>
        <ul class="skipped">
          ${r.map(({path:e,reason:t})=>_`<li>${e}: ${t}</li>`)}
        </ul>
      </details>`:y}`}var Je=()=>_`<div class="scrolled" tabindex="0" role="region" aria-labelledby="datasets-title">
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
        ${P.datasets.map(Ye)}
      </tbody>
    </table>
  </div>`,Ye=e=>_`<tr>
    <th scope="row">${e.name}</th>
    <td>${D(e.images)}</td>
    <td title=${e.classes.join(`, `)}>${e.classes.length||`none`}</td>
    <td>${ke(e.bytes)}</td>
    <td>${T(e.created_at)}</td>
    <td>
      ${P.doomed===e.id?_`<div class="buttons">
            <button class="plain is-alarm" type="button" @click=${()=>void We(e.id)}>
              Delete for good
            </button>
            <button class="plain" type="button" @click=${()=>Xe(null)}>Keep</button>
          </div>`:_`<button
            class="plain"
            type="button"
            aria-label="Delete ${e.name}"
            @click=${()=>Xe(e.id)}
          >
            Delete
          </button>`}
    </td>
  </tr>`;function Xe(e){P.doomed=e,C()}var Ze=()=>_`<div class="teaching">
    <p>
      There is none yet. Send an archive such as <code>pets.zip</code> with the folders
      <code>cat</code> and <code>dog</code>; what is no image is left out and listed.
    </p>
  </div>`,Qe={title:`Datasets`,enter:()=>void He(),leave:()=>void 0,template:Ge},F={models:[],defaultModel:``,methods:[],details:new Map,layers:new Map,refusal:null,isReady:!1},$e=2;async function et(e){try{let[e,t]=await Promise.all([A(`models`),A(`methods`)]);F.models=e.body.models,F.defaultModel=e.body.default,F.methods=t.body.methods,F.refusal=F.models.some(({ready:e})=>e)?null:tt(),F.isReady=F.refusal===null}catch(e){if(!(e instanceof k))throw e;F.refusal=e}if(C(),F.isReady)e();else{let t=F.refusal?.retrySeconds??$e;setTimeout(()=>void et(e),t*1e3)}}var tt=()=>new k({title:`The service is starting`,detail:`No worker is ready yet. This takes some seconds; the page goes on by itself.`,code:`no_worker`,retrySeconds:$e});async function nt(e){if(!e||F.layers.has(e))return;let t=`models/${encodeURIComponent(e)}`,[n,r]=await Promise.all([A(t),A(`${t}/layers`)]);F.details.set(e,n.body),F.layers.set(e,r.body.layers),C()}var rt=()=>F.models.find(({name:e})=>e===F.defaultModel)?.name??F.models[0]?.name??``,I=e=>F.models.find(t=>t.name===e),L=e=>F.methods.find(t=>t.name===e);function it(e){let[t=``,n=``]=e.replace(/^#\/?/,``).split(`?`,2),[r=``,...i]=t.split(`/`).map(decodeURIComponent);return{view:r||`explain`,path:i,query:new URLSearchParams(n)}}function R(e,t=[],n=new URLSearchParams){let r=[e,...t].map(encodeURIComponent).join(`/`),i=n.toString().replaceAll(`%2C`,`,`).replaceAll(`%2F`,`/`);return`#/${r}${i?`?${i}`:``}`}function at(e){location.hash!==e&&history.replaceState(null,``,e)}var ot=1500,st=e=>async t=>{let n=t.currentTarget,r=await ct(e())?`Copied`:`Not copied`;n.dataset.said=r,setTimeout(()=>delete n.dataset.said,ot)};async function ct(e){try{return await navigator.clipboard.writeText(e),!0}catch{return lt(e)}}function lt(e){let t=document.createElement(`textarea`);t.value=e,t.className=`unseen`,document.body.append(t),t.select();let n=document.execCommand(`copy`);return t.remove(),n}function ut(e,t){let n=document.createElement(`a`);n.href=URL.createObjectURL(e),n.download=t,n.click(),setTimeout(()=>URL.revokeObjectURL(n.href),1e4)}var dt=`gradcam`,ft=0,pt=(e,t={})=>({id:++ft,method:e,parameters:t,asked:``,askedAt:0,asking:null,answer:null,map:null,times:[],refusal:null,measured:``,measuring:null,evidence:null,evidenceRefusal:null,cell:null}),mt=()=>({picture:null,isPictureMissing:!1,isDragging:!1,pictureRefusal:null,model:``,target:``,versus:``,layer:``,polarity:``,colormap:``,seed:``,opacity:.5,withEvidence:!1,panels:[pt(dt)],selected:0,language:`curl`}),z=({panels:e,selected:t})=>e[t]??e[0],ht=[`model`,`target`,`versus`,`layer`,`polarity`,`colormap`,`seed`];function gt(e){let t=new URLSearchParams,n=(e,n)=>n!==``&&t.set(e,n),{picture:r}=e;r?t.set(`picture`,r.sample??`own`):e.isPictureMissing&&t.set(`picture`,`own`),t.set(`methods`,e.panels.map(({method:e})=>e).join(`,`));for(let t of ht)n(t,e[t]);return e.opacity!==.5&&t.set(`opacity`,String(e.opacity)),e.withEvidence&&t.set(`evidence`,`1`),e.selected>0&&t.set(`selected`,String(e.selected)),e.panels.forEach(({parameters:e},t)=>{for(let[r,i]of Object.entries(e))n(`${t}.${r}`,i)}),t}function _t(e,t){for(let n of ht)t[n]=e.get(n)??``;let n=Number(e.get(`opacity`)??.5);t.opacity=n>=0&&n<=1?n:.5,t.withEvidence=e.get(`evidence`)===`1`;let r=(e.get(`methods`)??``).split(`,`).filter(Boolean).slice(0,4);t.panels=(r.length?r:[dt]).map((n,r)=>{let i=t.panels[r],a=i?.method===n?i:pt(n);return a.parameters=vt(e,r),a});let i=Number(e.get(`selected`)??0);t.selected=t.panels[i]?i:0}var vt=(e,t)=>Object.fromEntries([...e].filter(([e])=>e.startsWith(`${t}.`)).map(([e,n])=>[e.slice(`${t}.`.length),n])),yt=4;function bt({b64:e,dtype:t,shape:n}){let[r=0,i=0]=n;if(t!==`float32`||n.length!==2)throw TypeError(`a map of ${t} [${n.join(`, `)}]`);let a=Uint8Array.from(atob(e),e=>e.charCodeAt(0)),o=new DataView(a.buffer),s=Float32Array.from({length:r*i},(e,t)=>o.getFloat32(t*yt,!0));return{rows:r,columns:i,values:s,largest:s.reduce((e,t)=>Math.max(e,Math.abs(t)),0)}}var xt=(e,{row:t,column:n})=>e.values[t*e.columns+n]??NaN;function St(e,t,n){return t<0||n<0||t>=1||n>=1?null:{row:Math.floor(n*e.rows),column:Math.floor(t*e.columns)}}function Ct(e,t,n,r){let i=(e,t)=>Math.min(t-1,Math.max(0,e));return{row:i(t.row+n,e.rows),column:i(t.column+r,e.columns)}}function wt({b64:e,shape:t}){let n=`{'descr': '<f4', 'fortran_order': False, 'shape': (${t.length===1?`${t[0]},`:t.join(`, `)}), }`,r=n.padEnd(Math.ceil((n.length+11)/64)*64-11)+`
`,i=new Uint8Array(10+r.length);i.set([147,78,85,77,80,89,1,0,r.length&255,r.length>>8]),i.set(new TextEncoder().encode(r),10);let a=Uint8Array.from(atob(e),e=>e.charCodeAt(0));return new Blob([i,a],{type:`application/octet-stream`})}function Tt(e,t){let n=L(t.method);return{model:e.model,target:e.target,versus:e.versus,layer:n?.uses_layer?e.layer:``,seed:n?.uses_seed?e.seed:``,polarity:e.polarity,colormap:e.colormap,...t.parameters}}function Et(e){let{picture:t}=e;if(!t||!F.isReady||!e.model)return;for(let n of e.panels)Ot(e,n,t);let n=z(e);e.withEvidence&&kt(e,n,t)}function Dt(e){for(let t of e.panels)t.refusal&&(t.asked=``),t.evidenceRefusal&&(t.measured=``);Et(e)}async function Ot(e,t,n){let r={...Tt(e,t),outputs:`overlay,raw`,opacity:`1`},i=JSON.stringify([n.address,t.method,r]);if(i===t.asked)return;t.asking?.abort();let a=new AbortController;Object.assign(t,{asked:i,asking:a,askedAt:performance.now(),refusal:null}),C();try{let{body:e,times:i}=await A(Mt(t),{method:`POST`,body:N(n,r),signal:a.signal});t.map=e.raw?bt(e.raw):null,Object.assign(t,{answer:e,times:i,cell:null})}catch(n){if(j(n))return;t.refusal=M(n),Object.assign(t,{answer:null,map:null,cell:null}),At(e,t)}t.asking=null,C()}async function kt(e,t,n){let r={...Tt(e,t),outputs:`box`,evidence:`true`},i=JSON.stringify([n.address,t.method,r]);if(i===t.measured||t.method===`auto`)return;t.measuring?.abort();let a=new AbortController;Object.assign(t,{measured:i,measuring:a,evidence:null,evidenceRefusal:null}),C();try{let{body:e}=await A(Mt(t),{method:`POST`,body:N(n,r),signal:a.signal});t.evidence=e.evidence??null}catch(e){if(j(e))return;t.evidenceRefusal=M(e)}t.measuring=null,C()}function At(e,t){let{refusal:n,asked:r}=t;n?.retrySeconds!=null&&setTimeout(()=>{t.asked===r&&t.refusal===n&&(t.asked=``,Et(e))},n.retrySeconds*1e3)}var jt=(e,t,n)=>Re(Mt(t),{method:`POST`,headers:{Accept:`image/png`},body:N(n,{...Tt(e,t),outputs:`overlay`,opacity:String(e.opacity)})}),Mt=e=>`explain/${encodeURIComponent(e.method)}`,B={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},Nt=e=>(...t)=>({_$litDirective$:e,values:t}),Pt=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,n){this._$Ct=e,this._$AM=t,this._$Ci=n}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}},{I:Ft}=ge,It=e=>e.strings===void 0,Lt={},Rt=(e,t=Lt)=>e._$AH=t,zt=Nt(class extends Pt{constructor(e){if(super(e),e.type!==B.PROPERTY&&e.type!==B.ATTRIBUTE&&e.type!==B.BOOLEAN_ATTRIBUTE)throw Error("The `live` directive is not allowed on child or event bindings");if(!It(e))throw Error("`live` bindings can only contain a single expression")}render(e){return e}update(e,[t]){if(t===v||t===y)return t;let n=e.element,r=e.name;if(e.type===B.PROPERTY){if(t===n[r])return v}else if(e.type===B.BOOLEAN_ATTRIBUTE){if(!!t===n.hasAttribute(r))return v}else if(e.type===B.ATTRIBUTE&&n.getAttribute(r)===t+``)return v;return Rt(e),t}}),Bt=e=>e.target.value,Vt=(e,t)=>e.map(({value:e,text:n,isOff:r=!1})=>_`<option value=${e} .selected=${zt(e===t)} ?disabled=${r}>
        ${n}
      </option>`),V=({id:e,label:t,value:n,hint:r,isOff:i=!1,change:a,choices:o})=>_`<div class="field">
    <label for=${e}>${t}</label>
    <select
      id=${e}
      ?disabled=${i}
      aria-describedby=${r===void 0?y:`${e}-hint`}
      @change=${e=>a(Bt(e))}
    >
      ${Vt(o,n)}
    </select>
    ${Ht(e,r)}
  </div>`,H=({id:e,label:t,value:n,hint:r,isOff:i=!1,change:a,type:o=`text`,placeholder:s=``,min:c,max:l,step:u})=>_`<div class="field">
    <label for=${e}>${t}</label>
    <input
      id=${e}
      type=${o}
      .value=${zt(n)}
      placeholder=${s}
      ?disabled=${i}
      min=${c??y}
      max=${l??y}
      step=${u??y}
      aria-describedby=${r===void 0?y:`${e}-hint`}
      @change=${e=>a(Bt(e))}
    />
    ${Ht(e,r)}
  </div>`,Ht=(e,t)=>t===void 0?y:_`<p class="hint" id="${e}-hint">${t}</p>`,Ut=e=>e?.properties??{},Wt=e=>({...e.anyOf?.find(({type:e})=>e!==`null`),...e}),Gt=e=>{let{default:t}=e;return t==null?`automatic`:Array.isArray(t)?t.length===0?`none`:t.join(`, `):String(t)},Kt=(e,t,n,r)=>Object.entries(e).map(([e,i])=>qt(e,Wt(i),t[e]??``,t=>n(e,t),r));function qt(e,t,n,r,i){let a={id:`${i}-${e}`,label:O(e),hint:(t.description??``).replaceAll(/\s+/g,` `).replaceAll("`",``).trim(),value:n,change:r},o=Gt(t),s=!t.anyOf?.some(({type:e})=>e===`array`),c=t.type===`boolean`?[`true`,`false`]:t.enum;if(c&&s){let e=c.filter(e=>e!==o),t=[{value:``,text:o},...e.map(e=>({value:e,text:e}))];return _`${V({...a,choices:t})}`}return t.type!==`integer`&&t.type!==`number`?_`${H({...a,placeholder:o})}`:_`${H({...a,type:`number`,placeholder:o,min:t.minimum??t.exclusiveMinimum,max:t.maximum??t.exclusiveMaximum,step:t.type===`integer`?`1`:`any`})}`}var Jt=[`jet`,`turbo`,`viridis`,`inferno`,`magma`,`plasma`,`cividis`,`hot`,`gray`,`coolwarm`,`RdBu_r`,`seismic`,`bwr`],Yt=[{value:``,text:`automatic`},{value:`positive`,text:`for the class`},{value:`negative`,text:`against it`},{value:`both`,text:`both`}];function Xt(e,t){let n=L(z(e).method),r=(n,r,i,a)=>V({id:n,label:r,value:e[n],choices:i,change:e=>t.change(n,e),...a===void 0?{}:{hint:a}});return _`<form
    class="card choices"
    aria-label="What to explain, and how"
    @submit=${e=>e.preventDefault()}
  >
    ${r(`model`,`Model`,Qt(),$t(e.model))}
    ${r(`target`,`Class to explain`,[{value:``,text:`the most probable`},...en(e.model)])}
    ${r(`versus`,`Rather than`,[{value:``,text:`nothing in particular`},...en(e.model).map(t=>({...t,isOff:t.value===e.target}))])}
    <div class="pair">
      ${r(`polarity`,`Evidence`,Yt)}
      ${r(`colormap`,`Colours`,[{value:``,text:`automatic`},...Jt.map(e=>({value:e,text:e}))])}
    </div>
    ${V({id:`layer`,label:`Layer`,value:n?.uses_layer?e.layer:``,choices:tn(e.model,n?.uses_layer??!1),isOff:!n?.uses_layer,change:e=>t.change(`layer`,e)})}
    ${Zt(e,t)}
  </form>`}function Zt(e,t){let n=z(e),r=L(n.method);if(!r)return y;let i=Ut(r.parameters),a=Object.keys(i).length>0||r.uses_seed;return _`<div class="method-about">
      <h2>${r.title}</h2>
      <p class="hint">${r.summary}</p>
      <p class="hint">Costs ${r.cost}.</p>
    </div>
    ${a?_`<details class="own" ?open=${Object.keys(n.parameters).length>0}>
          <summary>Settings of ${r.title}</summary>
          ${Kt(i,n.parameters,t.changeParameter,`own`)}
          ${r.uses_seed?H({id:`seed`,label:`Seed`,type:`number`,value:e.seed,placeholder:`0`,min:0,step:`1`,hint:`Of everything random: the same seed, the same map.`,change:e=>t.change(`seed`,e)}):y}
        </details>`:y}`}var Qt=()=>F.models.map(({name:e,ready:t})=>({value:e,text:t?e:`${e} (away)`}));function $t(e){let t=I(e);if(!t)return`\xA0`;let[n,r]=t.input_shape;return t.ready?`${D(t.classes.length)} classes, ${r} × ${n} pixels`:`not hosted by any worker at the moment`}var en=e=>(I(e)?.classes??[]).map((e,t)=>({value:String(t),text:e}));function tn(e,t){if(!t)return[{value:``,text:`this method looks at none`}];let n=F.details.get(e)?.default_layer,r=(F.layers.get(e)??[]).filter(({explainable:e})=>e);return[{value:``,text:n?`the last map (${n})`:`the last map`},...r.map(({name:e,output_shape:t})=>({value:e,text:`${e} · ${t.slice(0,2).join(` × `)}`})).reverse()]}var nn={supported:`Nothing that was measured speaks against this map.`,mixed:`Something speaks against this map, but nothing decisive: read the reasons.`,unsupported:`A decisive reason speaks against this map. Do not argue with it.`,untested:`Nothing could be measured.`},rn={supported:`✓`,mixed:`~`,unsupported:`✕`,untested:`?`},an=[[`insertion`,`Score as the marked pixels come in; more is better`,`random_insertion`],[`deletion`,`Score as the marked pixels go; less is better`,`random_deletion`],[`score_drop`,`Part of the score lost where only the marked is seen`,null],[`completeness_gap`,`Part of the score that the map leaves open`,null],[`noise_stability`,`Likeness to the maps of noisy copies`,null],[`randomized_similarity`,`Likeness to the map of a network with random last weights`,null]],on=(e,t)=>_`<section class="card evidence" aria-labelledby="evidence-title">
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
    <div class="card-body" aria-live="polite">${sn(e,t)}</div>
  </section>`;function sn(e,{isOn:t,hasPicture:n,again:r}){return e.answer?.ranking?dn(e.answer.ranking,e.answer.chosen??``):t?n?e.evidenceRefusal?w(e.evidenceRefusal,r):e.evidence?ln(e.evidence):_`<p class="quiet"><span class="spinner" aria-hidden="true"></span> Measuring …</p>`:_`<p class="quiet">Choose a picture first.</p>`:_`<p class="quiet">
      A map can look right and be wrong. Measuring covers the picture along the map, adds noise and
      draws weights anew, with the very model that the map explains: some 130 passes more.
    </p>`}var cn=e=>_`<span class="badge is-${e}"
    ><span aria-hidden="true">${rn[e]}</span> ${O(e)}</span
  >`,ln=e=>_`<p class="verdict">${cn(e.verdict)} ${nn[e.verdict]}</p>
    <ul class="reasons">
      ${e.reasons.map(({speaks_for:e,is_decisive:t,detail:n})=>_`<li class=${e?`speaks-for`:`speaks-against`}>
            <span class="sign" aria-hidden="true">${e?`+`:`−`}</span>
            <span
              ><span class="unseen">${e?`For: `:`Against: `}</span>${Te(n)}
              ${t&&!e?_`<strong>Decisive.</strong>`:y}</span
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
          ${an.map(([t,n,r])=>_`<tr>
                <th scope="row">${n}</th>
                <td>${un(e[t])}</td>
                <td>${r?un(e[r]):``}</td>
              </tr>`)}
        </tbody>
      </table>
    </details>`,un=e=>typeof e==`number`?E(e):`–`,dn=(e,t)=>_`<p>The methods competed on this picture; the map shown is the best one's.</p>
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
        ${e.map(e=>_`<tr class=${e.method===t?`is-chosen`:``}>
              <th scope="row">${L(e.method)?.title??e.method}</th>
              <td>${cn(e.verdict)}</td>
              <td>${un(e.insertion)}</td>
              <td>${un(e.deletion)}</td>
            </tr>`)}
      </tbody>
    </table>`,fn=[{name:`cat`,title:`A cat`,file:`web/samples/cat.jpg`,credit:`Chelsea, photographed by Stéfan van der Walt (CC0)`},{name:`drawn-cat`,title:`A drawn cat`,file:`web/samples/drawn-cat.jpg`,credit:`Drawn for Vitrine`},{name:`drawn-dog`,title:`A drawn dog`,file:`web/samples/drawn-dog.jpg`,credit:`Drawn for Vitrine`}],pn=`vitrine.picture`;async function mn(e){let t=e.name||`picture.png`;return{blob:e,name:t,address:URL.createObjectURL(e),sample:null,isKept:_n(t,await vn(e))}}async function hn(e){let t=fn.find(t=>t.name===e);if(!t)return null;let n=await Re(t.file);return{blob:n,name:t.file.replace(/.*\//,``),address:URL.createObjectURL(n),sample:e,isKept:!0}}function gn(){let e=sessionStorage.getItem(pn);if(e===null)return null;let{name:t,dataUrl:n}=JSON.parse(e),[r=``,i=``]=n.split(`,`,2),a=Uint8Array.from(atob(i),e=>e.charCodeAt(0)),o=new Blob([a],{type:/data:([^;]*)/.exec(r)?.[1]??``});return{blob:o,name:t,address:URL.createObjectURL(o),sample:null,isKept:!0}}function _n(e,t){try{return sessionStorage.setItem(pn,JSON.stringify({name:e,dataUrl:t})),!0}catch{return sessionStorage.removeItem(pn),!1}}function vn(e){return new Promise((t,n)=>{let r=new FileReader;r.onload=()=>t(String(r.result)),r.onerror=()=>n(r.error??Error(`the file cannot be read`)),r.readAsDataURL(e)})}var yn=42,bn=(e,t,n,r)=>e.length===0?_`<p class="quiet predictions" .style=${`min-height:${n*yn}px`}>
        The most probable classes will stand here.
      </p>`:_`<ol class="predictions">
        ${e.map(e=>xn(e,e.index===t,r))}
      </ol>`,xn=({index:e,label:t,probability:n,logit:r},i,a)=>_`<li>
    <button
      class="prediction"
      type="button"
      title="Explain ${t}${r==null?``:` (logit ${r.toFixed(2)})`}"
      aria-pressed=${String(i)}
      @click=${()=>a(e)}
    >
      <span class="part" .style=${`width:${n*100}%`}></span>
      <span class="label">${t}</span>
      <span class="percent">${Ee(n)}</span>
    </button>
  </li>`,Sn={positive:`What speaks for`,negative:`What speaks against`,both:`What speaks for and against`};function Cn(e){if(!e)return`What the model looks at`;let t=e.versus?` rather than “${e.versus.label}”`:``;return`${Sn[String(e.parameters.polarity)]??`What the model looks at for`} “${e.target.label}”${t}`}var wn=(e,t,n,r)=>{let{answer:i,asking:a,askedAt:o}=t,s=e.panels.length===1,c=n===e.selected&&!s,l=L(t.method)?.title??t.method;return _`<figure
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
        ${Vt(Tn(e.model),t.method)}
      </select>
      ${s?y:_`<button class="icon" type="button" aria-label="Remove ${l}" @click=${r.remove}>
            ✕
          </button>`}
    </div>
    <div
      class="frame explained"
      role="img"
      tabindex=${t.map?0:y}
      aria-label="${l}: ${Cn(i)}, as colours over the picture. Arrow keys read its values."
      aria-busy=${String(a!==null)}
      @pointermove=${e=>kn(t,e)}
      @pointerdown=${e=>kn(t,e)}
      @pointerleave=${()=>Mn(t,null)}
      @keydown=${e=>jn(t,e)}
      @blur=${()=>Mn(t,null)}
    >
      ${e.picture?_`<img src=${e.picture.address} alt="" @error=${Nn} @load=${Pn} />`:y}
      ${i?.overlay&&!t.refusal?_`<img
            class="colours ${a?`is-old`:``}"
            src="data:image/png;base64,${i.overlay}"
            alt=""
            .style=${`opacity:${e.opacity}`}
          />`:y}
      ${t.cell&&t.map&&i?On(t.cell,t.map,i.image):y}
      ${a?we(`${l} …`,(performance.now()-o)/1e3):y}
    </div>
    <figcaption title=${Cn(i)}>${Cn(i)}</figcaption>
    <p class="readout" aria-live="polite">${En(t)}</p>
    ${w(t.refusal,r.again)}
    ${(i?.warnings??[]).map(({detail:e})=>Ce(`This map explains nothing`,e))}
  </figure>`};function Tn(e){let t=F.details.get(e)?.unsupported??{};return F.methods.map(({name:e,title:n})=>({value:e,text:e in t?`${n} (not for this model)`:n,isOff:e in t}))}function En({cell:e,map:t,answer:n}){if(!t||!n)return`\xA0`;if(!e){let{min:e,max:r}=n.range;return`${t.columns} × ${t.rows} values, ${E(e??NaN)} to ${E(r??NaN)}`}let r=xt(t,e),i=t.largest>0?` · ${Math.round(r/t.largest*100)} % of the largest`:``;return`${E(r)}${i} · row ${e.row+1}, column ${e.column+1}`}function Dn({width:e,height:t}){let n=Math.max(e,t),[r,i]=[e/n,t/n];return{left:(1-r)/2,top:(1-i)/2,across:r,down:i}}function On({row:e,column:t},n,r){let{left:i,top:a,across:o,down:s}=Dn(r),[c,l]=[o/n.columns,s/n.rows],u=e=>`${e*100}%`;return _`<span
    class="marker"
    .style=${`left:${u(i+t*c)};top:${u(a+e*l)};width:${u(c)};height:${u(l)}`}
  ></span>`}function kn(e,t){if(!e.map||!e.answer)return;let n=t.currentTarget.getBoundingClientRect(),{left:r,top:i,across:a,down:o}=Dn(e.answer.image),s=((t.clientX-n.left)/n.width-r)/a,c=((t.clientY-n.top)/n.height-i)/o;Mn(e,St(e.map,s,c))}var An={ArrowUp:[-1,0],ArrowDown:[1,0],ArrowLeft:[0,-1],ArrowRight:[0,1]};function jn(e,t){let n=An[t.key];if(!n||!e.map)return;t.preventDefault();let{rows:r,columns:i}=e.map,a={row:Math.floor(r/2),column:Math.floor(i/2)};Mn(e,e.cell?Ct(e.map,e.cell,...n):a)}function Mn(e,t){(e.cell?.row!==t?.row||e.cell?.column!==t?.column)&&(e.cell=t,C())}var Nn=e=>e.target.hidden=!0,Pn=e=>e.target.hidden=!1,Fn=(e,t)=>_`<section class="stage card" id="stage" aria-label="Picture and explanation">
    <input
      class="hidden-input"
      id="file"
      type="file"
      accept="image/*"
      aria-label="Choose a picture"
      @change=${e=>In(e.target,t)}
    />
    ${e.picture===null||e.isDragging?Ln(e,t):y}
    ${e.picture?zn(e,t):y}
    ${w(e.pictureRefusal)}
  </section>`;function In(e,{take:t}){t(e.files?.[0]),e.value=``}var Ln=(e,t)=>_`<div class="drop ${e.picture?`is-over`:``} ${e.isDragging?`is-dragging`:``}">
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
    <div class="samples">${Rn(null,t)}</div>
  </div>`,Rn=(e,{takeSample:t})=>fn.map(({name:n,title:r,file:i,credit:a})=>_`<button
        class="sample"
        type="button"
        title="${r}: ${a}"
        aria-pressed=${String(n===e)}
        @click=${()=>t(n)}
      >
        <img src=${i} alt="" width="72" height="72" /><span>${r}</span>
      </button>`),zn=(e,t)=>_`<div class="panels has-${e.panels.length}">
      <figure class="panel sent">
        <div class="panel-head"><label class="button plain" for="file">Another picture</label></div>
        <div class="frame"><img src=${e.picture?.address??``} alt="The picture" /></div>
        <figcaption title=${e.picture?.name??``}>${e.picture?.name}</figcaption>
        <p class="readout">${Bn(e)}</p>
      </figure>
      ${e.panels.map((n,r)=>wn(e,n,r,t.ofPanel(r)))}
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
      ${Rn(e.picture?.sample??null,t)}
    </div>`;function Bn({picture:e}){if(!e)return``;let t=fn.find(({name:t})=>t===e.sample);return t?t.credit:e.isKept?`Kept in this tab only`:`Too large to outlive a reload`}var Vn=e=>new URL(e,document.baseURI.split(`#`)[0]).href,Hn=e=>Object.entries(e).filter(([,e])=>e!==``),U=e=>/^[\w./:@=,-]+$/.test(e)?e:`'${e.replaceAll(`'`,`'\\''`)}'`;function Un({method:e,fileName:t,fetchFrom:n,fields:r}){let i=[`curl -H 'Accept: image/png'`,`-F ${U(`image=@${t}`)}`,...Hn(r).map(([e,t])=>`-F ${U(`${e}=${t}`)}`),`-o overlay.png`,U(Vn(`explain/${e}`))].join(` \\
  `);return((n&&`curl ${U(Vn(n))} -o ${U(t)}\n`)??``)+i}function Wn({method:e,fileName:t,fetchFrom:n,fields:r}){let i=Hn({...r,outputs:`overlay,raw`}).map(([e,t])=>`    ${JSON.stringify(e)}: ${JSON.stringify(t)},`);return[`import base64`,`from pathlib import Path`,``,`import httpx`,`import numpy as np`,``,`picture = ${n?`httpx.get(${JSON.stringify(Vn(n))}).content`:`Path(${JSON.stringify(t)}).read_bytes()`}`,`options = {`,...i,`}`,`answer = httpx.post(`,`    ${JSON.stringify(Vn(`explain/${e}`))},`,`    files={"image": (${JSON.stringify(t)}, picture)}, data=options, timeout=300,`,`).raise_for_status().json()`,`Path("overlay.png").write_bytes(base64.b64decode(answer["overlay"]))`,`raw = answer["raw"]`,`values = np.frombuffer(base64.b64decode(raw["b64"]), raw["dtype"]).reshape(raw["shape"])`,`print(answer["target"], values.max())`].join(`
`)}var Gn=[[`curl`,`curl`],[`python`,`Python`]];function Kn(e){let t=z(e),n=fn.find(({name:t})=>t===e.picture?.sample);return{method:t.method,fileName:e.picture?.name??`photo.jpg`,fetchFrom:n?.file??null,fields:e.picture?{...Tt(e,t),outputs:`overlay`,opacity:String(e.opacity)}:{}}}function qn(e,t){let{answer:n}=z(e),r=(e.language===`curl`?Un:Wn)(Kn(e)),i=e.picture!==null&&e.picture.sample===null;return _`<section class="card calls" aria-labelledby="calls-title">
    <div class="card-head">
      <h2 id="calls-title">To take along</h2>
      <div class="buttons">
        ${W(`save-picture`,`Picture`,`Save the overlay as PNG`,t.picture,!n)}
        ${W(`save-numbers`,`Numbers`,`Save the map for numpy.load`,t.numbers,!n)}
        ${W(`save-answer`,`Answer`,`Save all that was answered, as JSON`,t.answer,!n)}
        ${W(`copy-link`,`Link`,`Copy the address of this view`,st(()=>location.href),!e.picture)}
      </div>
    </div>
    <p class="hint" id="link-hint">
      ${i?`Your picture never leaves this tab but for the service: the link carries every choice, and whoever opens it adds a picture.`:`The link shows others the same view.`}
    </p>
    <div class="card-head">
      <h3>The same from a program</h3>
      <div class="buttons">
        ${Gn.map(([n,r])=>_`<button
              class="plain"
              type="button"
              aria-pressed=${String(e.language===n)}
              @click=${()=>t.language(n)}
            >
              ${r}
            </button>`)}
        ${W(`copy`,`Copy`,`Copy the call`,st(()=>r),!1)}
      </div>
    </div>
    <pre tabindex="0" role="region" aria-label="The call"><code id="call">${r}</code></pre>
  </section>`}var W=(e,t,n,r,i)=>_`<button class="plain" type="button" id=${e} title=${n} ?disabled=${i} @click=${r}>
    ${t}
  </button>`,G=mt(),Jn=()=>R(`explain`,[],gt(G)),Yn=5,Xn=!1,Zn=()=>void 0;function Qn(e){Zn=e}function K(){Xn&&at(Jn()),Et(G),C()}async function $n(e){e&&nr(await mn(e))}async function er(e){try{let t=await hn(e);t&&nr(t)}catch(e){G.pictureRefusal=M(e),C()}}function tr(e){G.isDragging!==e&&(G.isDragging=e,C())}function nr(e,t=G.isPictureMissing){G.picture&&URL.revokeObjectURL(G.picture.address),Object.assign(G,{picture:e,isPictureMissing:!1,pictureRefusal:null}),t||Object.assign(G,{target:``,versus:``});for(let e of G.panels)rr(e);K(),Zn()}function rr(e){Object.assign(e,{answer:null,map:null,evidence:null,refusal:null,cell:null,asked:``,measured:``,times:[]})}async function ir(e,t){Xn=!0,t.size>0&&(_t(t,G),await ar(t.get(`picture`))),or(),K()}async function ar(e){if(e===null||e===(G.picture?.sample??(G.picture&&`own`)))return;if(e!==`own`){let t=await hn(e).catch(()=>null);t&&nr(t,!0);return}let t=gn();t?nr(t,!0):G.isPictureMissing=!0}function or(){if(!F.isReady)return;I(G.model)||(G.model=rt());let e=I(G.model)?.classes??[];for(let t of[`target`,`versus`]){let n=e.indexOf(G[t]);n>=0&&(G[t]=String(n))}nt(G.model).catch(()=>setTimeout(or,2e3)),Et(G)}function sr(e,t){Object.assign(G,{[e]:t}),e===`model`&&(Object.assign(G,{target:``,versus:``,layer:``}),or()),e===`target`&&G.versus===t&&(G.versus=``),K()}var cr=e=>({choose:t=>{let n=G.panels[e];n?.asking?.abort(),n?.measuring?.abort();let r=pt(t);n&&Object.assign(r,{answer:n.answer}),G.panels[e]=r,K()},select:()=>{G.selected!==e&&(G.selected=e,K())},remove:()=>{G.panels[e]?.asking?.abort(),G.panels.splice(e,1),G.selected=Math.min(G.selected,G.panels.length-1),K()},again:()=>Dt(G)});function lr(){let e=new Set(G.panels.map(({method:e})=>e)),t=F.details.get(G.model)?.unsupported??{},n=[`saliency`,`integrated-gradients`,`occlusion`,`layercam`,...F.methods.map(({name:e})=>e)].find(n=>!e.has(n)&&!(n in t));G.panels.push(pt(n??`gradcam`)),G.selected=G.panels.length-1,K()}async function ur(){let e=z(G);if(G.picture)try{ut(await jt(G,e,G.picture),`${dr(e)}.png`)}catch(t){e.refusal=M(t),C()}}var dr=({method:e,answer:t})=>`${e}_${t?.target.label??``}`,fr={picture:()=>void ur(),numbers:()=>{let e=z(G);e.answer?.raw&&ut(wt(e.answer.raw),`${dr(e)}.npy`)},answer:()=>{let e=z(G),t=JSON.stringify({...e.answer,evidence:e.evidence},null,1);ut(new Blob([t],{type:`application/json`}),`${dr(e)}.json`)},language:e=>{G.language=e,C()}},pr={take:e=>void $n(e),takeSample:e=>void er(e),setOpacity:e=>{G.opacity=e,K()},addPanel:lr,ofPanel:cr},mr={change:sr,changeParameter:(e,t)=>{let{parameters:n}=z(G);t===``?delete n[e]:n[e]=t,K()}};function hr(){let e=z(G),{answer:t,times:n}=e,r=Math.min(Yn,I(G.model)?.classes.length??Yn);return _`<div class="explain">
    ${Fn(G,pr)}
    <div class="side">
      <section class="card seen" aria-labelledby="seen-title">
        <h2 id="seen-title">What the model sees</h2>
        ${bn(t?.predictions??[],t?.target.index??null,r,e=>sr(`target`,String(e)))}
        <p class="timing" aria-label="Where the time went">
          ${n.map(([e,t])=>`${e} ${De(t)}`).join(` · `)||`\xA0`}
        </p>
      </section>
      ${Xt(G,mr)}
    </div>
    <div class="below">
      ${on(e,{isOn:G.withEvidence,hasPicture:G.picture!==null,turn:e=>{G.withEvidence=e,K()},again:()=>Dt(G)})}
      ${qn(G,fr)}
    </div>
    <p class="unseen" id="status" role="status">${gr()}</p>
  </div>`}function gr(){let{answer:e}=z(G),t=e?.predictions[0];return!e||!t?``:`${t.label}, ${Ee(t.probability)}. Explained: ${e.target.label}.`}setInterval(()=>{G.panels.some(({asking:e})=>e!==null)&&C()},1e3);var _r={title:`Explain`,enter:(e,t)=>void ir(e,t),leave:()=>{Xn=!1},template:hr},q=(e,t=``)=>`jobs/${encodeURIComponent(e)}${t}`,vr=async e=>(await A(`jobs${Ve(e)}`)).body,yr=async e=>(await A(q(e))).body,br=async(e,t,n)=>(await A(`jobs`,{method:`POST`,headers:{"Content-Type":`application/json`,"Idempotency-Key":Er()},body:JSON.stringify({kind:e,model:t,params:n})})).body,xr=async e=>(await A(q(e),{method:`DELETE`})).body,Sr=async e=>(await A(q(e,`/retry`),{method:`POST`})).body,Cr=async e=>(await A(q(e,`/artifacts`))).body.artifacts,wr=e=>q(e,`/events`),Tr=(e,t)=>q(e,`/artifacts/${t.split(`/`).map(encodeURIComponent).join(`/`)}`),Er=()=>[...crypto.getRandomValues(new Uint32Array(4))].map(e=>e.toString(16)).join(`-`),J=new Set([`queued`,`running`]),Dr=[`queued`,`running`,`succeeded`,`failed`,`cancelled`],Or={queued:`…`,running:`▸`,succeeded:`✓`,failed:`✕`,cancelled:`–`},kr=e=>Or[e];function Ar(e){switch(e.status){case`queued`:return jr(e.queue_position);case`running`:return Mr(e.progress);case`succeeded`:return`Done${Nr(e)}.`;case`cancelled`:return`Cancelled. Retrying goes on from where it stopped.`;case`failed`:return Pr(e)}}function jr(e){return e===null?`Waits for a worker that hosts its model.`:e===0?`Is next, as soon as a worker is free.`:`Waits: ${e} ${e===1?`job goes`:`jobs go`} first.`}function Mr({stage:e=``,step:t=0,total:n=0,eta_seconds:r=null,message:i=``}){if(i)return i;if(!e)return`Begins.`;let a=r===null?``:`, about ${Oe(r)} left`;return n>0?`${O(e)}: ${t} of ${n}${a}.`:`${O(e)}${a}.`}function Nr({started_at:e,finished_at:t}){return!e||!t?``:` in ${Oe((Date.parse(t)-Date.parse(e))/1e3)}`}function Pr({error:e}){switch(e?.code){case`job_killed_its_worker`:return`It ended the workers that tried it, probably for want of memory. Ask for less at once. (${e.detail})`;case`job_failed`:return`The worker failed at it; its log says more. Retrying goes on from the last checkpoint. (${e.detail})`;case void 0:return`It failed.`;default:return e?.detail??`It failed.`}}var Fr=2e3,Ir=class{id;job=null;artifacts=[];rises=[];preview=null;refusal=null;isCutOff=!1;isDeleted=!1;isAsking=!1;stream=null;timer=0;constructor(e){this.id=e,this.look()}letGo(){this.stream?.close(),this.stream=null,clearTimeout(this.timer),this.timer=-1}cancel(){return this.change(async()=>{let e=await xr(this.id);e?this.job=e:(this.isDeleted=!0,this.letGo())})}retry(){return this.change(async()=>{this.job=await Sr(this.id),await this.look()})}async change(e){this.isAsking=!0,C();try{await e(),this.refusal=null}catch(e){this.refusal=M(e)}this.isAsking=!1,C()}async look(){try{this.job=await yr(this.id),this.refusal=null,J.has(this.job.status)?this.listen():await this.gather()}catch(e){this.refusal=M(e)}C();let e=this.job!==null&&!J.has(this.job.status)&&this.refusal===null,t=this.refusal?.code===`job_not_found`;this.timer===-1||e||t||(clearTimeout(this.timer),this.timer=window.setTimeout(()=>void this.look(),Fr))}async gather(){if(this.artifacts=await Cr(this.id),this.artifacts.some(({path:e})=>e===`loss.json`)){let{body:e}=await A(Tr(this.id,`loss.json`));this.rises=e.pictures}}listen(){if(this.stream)return;let e=new EventSource(wr(this.id));this.stream=e,e.addEventListener(`open`,()=>{this.isCutOff=!1,C()}),e.addEventListener(`progress`,e=>{this.job&&={...this.job,progress:JSON.parse(e.data)},this.job?.status===`queued`&&(this.job.status=`running`),C()}),e.addEventListener(`preview`,e=>{this.preview=JSON.parse(e.data).image,C()}),e.addEventListener(`done`,()=>this.end()),e.addEventListener(`error`,t=>{t instanceof MessageEvent?this.end():this.broken(e)})}end(){this.stream?.close(),this.stream=null,this.look()}broken(e){this.isCutOff=!0,e.readyState===EventSource.CLOSED&&(this.stream=null),C()}},Lr=600,Rr=160;function zr(e,t){let n=t.flatMap(({values:e})=>e.filter(e=>e!==null)),r=n.reduce((e,t)=>Math.min(e,t),1/0),i=n.reduce((e,t)=>Math.max(e,t),-1/0),a=Math.max(2,...t.map(({values:e})=>e.length)),o=e=>e/(a-1)*Lr,s=e=>Rr-(e-r)/(i-r||1)*152-4;return _`<figure class="plot">
    <figcaption>${e}</figcaption>
    <svg
      viewBox="0 0 ${Lr} ${Rr}"
      preserveAspectRatio="none"
      role="img"
      aria-label="${e}: from ${E(r)} to ${E(i)} over ${a} steps"
    >
      ${t.map(({values:e})=>ae`<path d=${e.map((e,t)=>e===null?``:`${t===0?`M`:`L`}${o(t).toFixed(1)} ${s(e).toFixed(1)}`).join(``)} />`)}
    </svg>
    <p class="hint">
      ${t.length} ${t.length===1?`picture`:`pictures`}, ${a} steps, from
      ${E(r)} to ${E(i)}
    </p>
  </figure>`}var Br=({status:e})=>_`<span class="badge is-${e}"
    ><span aria-hidden="true">${kr(e)}</span> ${O(e)}</span
  >`,Vr=({kind:e,progress:t,status:n})=>_`<progress
    max="1"
    .value=${n===`succeeded`?1:t.fraction}
    aria-label="Progress of ${je(e)}"
  ></progress>`,Hr=e=>{let{job:t,refusal:n}=e;return e.isDeleted?_`<section class="card">
      ${Ce(`Deleted`,`The job and its files are gone`)}
      <a href="#/jobs">All jobs</a>
    </section>`:_`<section class="card job" aria-labelledby="job-title">
    ${w(n)}
    ${t?Ur(e,t):n?y:_`<p class="quiet">Looking …</p>`}
  </section>`},Ur=(e,t)=>_`<div class="card-head">
      <h2 id="job-title">${O(t.kind)} <span class="quiet">of ${t.model}</span></h2>
      ${Br(t)}
    </div>
    <div class="standing">
      ${Vr(t)}
      <span class="percent">${Wr(t)}</span>
    </div>
    <p role="status" id="standing">${Ar(t)}</p>
    ${e.isCutOff&&J.has(t.status)?Ce(`No news at the moment`,`The connection broke off; the page goes on by itself`):y}
    <div class="buttons">${Gr(e,t)}</div>
    ${Kr(e,t)}
    ${e.rises.length>0?zr(`How far each picture rose towards its objective`,e.rises.map(({objective:e,scores:t})=>({name:e,values:t}))):y}
    ${qr(e,t)} ${Yr(t)}`,Wr=({status:e,progress:t})=>e===`succeeded`?`100 %`:`${Math.floor(t.fraction*100)} %`;function Gr(e,t){let{isAsking:n}=e,r=()=>void e.cancel(),i=()=>void e.retry();if(J.has(t.status))return[_`<button class="plain is-alarm" type="button" ?disabled=${n} @click=${r}>
        Cancel
      </button>`];let a=_`<button class="plain" type="button" ?disabled=${n} @click=${i}>
    Retry
  </button>`,o=_`<button
    class="plain is-alarm"
    type="button"
    ?disabled=${n}
    @click=${r}
  >
    Delete with its files
  </button>`;return t.status===`succeeded`?[o]:[a,o]}function Kr(e,t){let n=e.artifacts.find(({path:e})=>e===`grid.png`);if(n){let e=Tr(t.id,n.path);return _`<a class="made" href=${e} target="_blank"
      ><img src=${e} alt="All pictures, each under what it was made for"
    /></a>`}return J.has(t.status)?_`<div class="made is-open">
    ${e.preview?_`<img src="data:image/png;base64,${e.preview}" alt="What is being made" />`:_`<p class="quiet">What is being made will be seen here.</p>`}
  </div>`:y}function qr({artifacts:e},t){return e.length===0?y:_`<details class="files" ?open=${e.length<=24}>
    <summary>${e.length} ${e.length===1?`file`:`files`}</summary>
    <ul class="artifacts">
      ${e.map(e=>_`<li>${Jr(e,t)}</li>`)}
    </ul>
  </details>`}var Jr=({path:e,bytes:t,media_type:n},r)=>{let i=Tr(r.id,e);return _`<a href=${i} target="_blank">
    ${n.startsWith(`image/`)?_`<img src=${i} alt="" loading="lazy" width="96" height="96" />`:_`<span class="no-picture" aria-hidden="true">${e.split(`.`).pop()}</span>`}
    <span>${e}</span> <span class="quiet">${ke(t)}</span>
  </a>`},Yr=e=>_`<details>
    <summary>Parameters and times</summary>
    <dl class="facts">
      <dt>ID</dt>
      <dd>${e.id}</dd>
      <dt>Submitted</dt>
      <dd>${T(e.created_at)}</dd>
      ${Xr(`Begun`,e.started_at)} ${Xr(`Ended`,e.finished_at)}
      ${Xr(`Kept until`,e.expires_at)}
      <dt>Attempts</dt>
      <dd>${e.attempt}</dd>
      ${Object.entries(e.params).map(([e,t])=>_`<dt>${O(e)}</dt>
            <dd>${Zr(t)}</dd>`)}
    </dl>
  </details>`,Xr=(e,t)=>t?_`<dt>${e}</dt>
        <dd>${T(t)}</dd>`:y;function Zr(e){return e===null?`automatic`:typeof e==`object`?JSON.stringify(e):String(e)}var Qr=/^-?\d+(\.\d+)?(e-?\d+)?$/i,$r=(e,t)=>Object.fromEntries(Object.entries(e).filter(([e,n])=>n.trim()!==``&&e in t).map(([e,n])=>[e,ei(n.trim(),t[e]??{})]));function ei(e,t){let n=t.anyOf??[t],r=e=>n.some(t=>t.type===e);return r(`boolean`)&&(e===`true`||e===`false`)?e===`true`:(r(`integer`)||r(`number`))&&Qr.test(e)?Number(e):n.some(t=>ti(e,t))?e:r(`array`)?e.split(`,`).map(e=>ni(e.trim())):e}var ti=(e,{type:t,pattern:n,enum:r})=>t===`string`&&(n===void 0||new RegExp(n).test(e))&&(r===void 0||r.includes(e)),ni=e=>Qr.test(e)?Number(e):e,ri=`activation-maximization`,ii=[`channels`,`classes`,`negative`,`parametrization`,`steps`,`size`],ai={channel:[`layer`,`channels`],neuron:[`layer`,`channels`,`row`,`column`],layer:[`layer`],logit:[`classes`]},oi=[{value:`channel`,text:`Channels of a layer`},{value:`neuron`,text:`Channels at one place`},{value:`layer`,text:`A whole layer (DeepDream)`},{value:`logit`,text:`Classes`}],Y={followed:null,model:``,written:{objective:`channel`},properties:null,earlier:[],refusal:null,isSubmitting:!1},si=!1;function ci(e,t){si=!0;let[n]=e;if(n!==Y.followed?.id&&(Y.followed?.letGo(),Y.followed=n?new Ir(n):null),t.size>0){let{model:e,...n}=Object.fromEntries(t);Object.assign(Y,{model:e??``,written:{objective:`channel`,...n}})}ui()}function li(){si=!1,Y.followed?.letGo(),Y.followed=null}function ui(){si&&F.isReady&&(I(Y.model)||(Y.model=rt()),nt(Y.model).catch(()=>setTimeout(ui,2e3)),di(),fi())}async function di(){if(!Y.properties){try{let{body:e}=await A(`openapi.json`);Y.properties=Ut(e.components.schemas.ActivationMaximizationParameters)}catch(e){Y.refusal=M(e)}C()}}async function fi(){try{Y.earlier=(await vr({kind:ri,limit:`12`})).jobs}catch(e){Y.refusal=M(e)}C()}async function pi(e){e.preventDefault(),Object.assign(Y,{isSubmitting:!0,refusal:null}),C();try{let e=await br(ri,Y.model,$r(mi(),Y.properties??{}));location.hash=R(`features`,[e.id])}catch(e){Y.refusal=M(e)}Y.isSubmitting=!1,C()}function mi(){let e=new Set(ai[hi()]),t=new Set(Object.values(ai).flat());return Object.fromEntries(Object.entries(Y.written).filter(([n])=>e.has(n)||!t.has(n)))}var hi=()=>Y.written.objective??`channel`;function gi(e,t){t===``?delete Y.written[e]:Y.written[e]=t,Y.followed||at(R(`features`,[],new URLSearchParams({model:Y.model,...Y.written}))),C()}var _i=()=>_`<div class="features ${Y.followed?`is-watching`:``}">
    <form class="card choices" aria-label="What to make pictures of" @submit=${pi}>
      <h2>What does a unit look for?</h2>
      <p class="quiet">
        A picture is changed, step by step, until a unit of the network answers to it as strongly as
        it can.
      </p>
      ${vi()} ${w(Y.refusal)}
      <button id="start" type="submit" ?disabled=${Y.isSubmitting||!Y.properties}>
        Make the pictures
      </button>
    </form>
    <div class="watching">
      ${Y.followed?Hr(Y.followed):Si()} ${Ci()}
    </div>
  </div>`;function vi(){let e=(F.layers.get(Y.model)??[]).filter(({output_shape:e})=>e.length===3),t=F.details.get(Y.model)?.default_layer??``,n=ai[hi()]??[];return _`${V({id:`model`,label:`Model`,value:Y.model,choices:F.models.map(({name:e})=>({value:e,text:e})),change:e=>{Object.assign(Y,{model:e,written:{objective:hi()}}),ui(),C()}})}
  ${V({id:`objective`,label:`Pictures of`,value:hi(),choices:oi,change:e=>gi(`objective`,e)})}
  ${n.includes(`layer`)?V({id:`layer`,label:`Layer`,value:Y.written.layer??``,choices:[{value:``,text:t?`the last map (${t})`:`the last map`},...e.map(({name:e,output_shape:t})=>({value:e,text:`${e} · ${t.at(-1)} channels`})).reverse()],change:e=>gi(`layer`,e)}):y}
  ${xi(ii.filter(e=>yi(e,n)))}
  <details class="own">
    <summary>All settings</summary>
    ${xi(bi(n))}
  </details>`}var yi=(e,t)=>t.includes(e)||!Object.values(ai).flat().includes(e);function bi(e){let t=new Set([...ii,`objective`,`layer`]);return Object.keys(Y.properties??{}).filter(n=>!t.has(n)&&yi(n,e))}var xi=e=>{let t=e.flatMap(e=>{let t=Y.properties?.[e];return t?[[e,t]]:[]});return Kt(Object.fromEntries(t),Y.written,gi,`feature`)},Si=()=>_`<section class="card teaching">
    <p>
      The pictures emerge here while they are made. Start with the channels of a late layer, or with
      the classes: what would be the most cat-like picture of all?
    </p>
  </section>`;function Ci(){let e=Y.earlier.filter(({id:e})=>e!==Y.followed?.id);return e.length===0?y:_`<section class="card" aria-labelledby="earlier-title">
    <h2 id="earlier-title">Earlier ones</h2>
    <ul class="earlier">
      ${e.map(e=>_`<li>
            <a href=${R(`features`,[e.id])}>
              ${e.status===`succeeded`?_`<img src=${Tr(e.id,`grid.png`)} alt="" loading="lazy" />`:_`<span class="no-picture">${J.has(e.status)?`…`:`–`}</span>`}
              <span>${wi(e)}</span>
              <span class="quiet">${T(e.created_at)}</span>
              ${e.status===`succeeded`?y:Br(e)}
            </a>
          </li>`)}
    </ul>
  </section>`}function wi({params:e}){let[t,n]=[e.objective,e.layer??`the last map`];return t===`logit`?`Classes ${String(e.classes)}`:t===`layer`?`Layer ${String(n)}`:`Channels ${String(e.channels)} of ${String(n)}`}var Ti={title:`Features`,enter:ci,leave:li,template:_i},X={followed:null,jobs:[],older:[],nextCursor:null,status:``,isLoaded:!1,refusal:null},Ei=1500,Di=6e3,Oi=0;async function ki(){clearTimeout(Oi);let{status:e}=X;try{let{jobs:t,next_cursor:n}=await vr({status:e});if(e!==X.status)return;X.older.length===0&&(X.nextCursor=n),Object.assign(X,{jobs:t,refusal:null,isLoaded:!0})}catch(e){X.refusal=M(e)}C();let t=X.refusal!==null||X.jobs.some(e=>J.has(e.status));Oi=window.setTimeout(()=>void ki(),t?Ei:Di)}async function Ai(){let{jobs:e,next_cursor:t}=await vr({status:X.status,cursor:X.nextCursor??``});Object.assign(X,{older:[...X.older,...e],nextCursor:t}),C()}function ji(e,t){Mi();let[n]=e;n?X.followed=new Ir(n):(X.status=t.get(`status`)??``,ki())}function Mi(){clearTimeout(Oi),X.followed?.letGo(),Object.assign(X,{followed:null,older:[]})}function Ni(e){Object.assign(X,{status:e,older:[],isLoaded:!1,jobs:[]}),at(R(`jobs`,[],new URLSearchParams(e?{status:e}:{}))),ki()}var Pi=()=>X.followed?_`<p class="way-back"><a href="#/jobs">← All jobs</a></p>
        ${Hr(X.followed)}`:Fi(),Fi=()=>_`<section class="card" aria-labelledby="jobs-title">
    <div class="card-head">
      <h2 id="jobs-title">Jobs</h2>
      <div class="filter">
        ${V({id:`status-filter`,label:`Show`,value:X.status,choices:[{value:``,text:`all`},...Dr.map(e=>({value:e,text:e}))],change:Ni})}
      </div>
    </div>
    ${w(X.refusal,()=>void ki())}
    ${X.jobs.length>0?Ii():X.isLoaded?Ri():y}
  </section>`;function Ii(){let e=new Set(X.jobs.map(({id:e})=>e));return _`<ul class="jobs">
      ${[...X.jobs,...X.older.filter(({id:t})=>!e.has(t))].map(Li)}
    </ul>
    ${X.nextCursor?_`<button class="plain" type="button" @click=${()=>void Ai()}>Older jobs</button>`:y}`}var Li=e=>_`<li>
    <a href=${R(`jobs`,[e.id])}>${O(e.kind)}</a>
    <span class="quiet">${e.model} · ${T(e.created_at)}</span>
    ${Br(e)} ${Vr(e)}
    <span class="words">${Ar(e)}</span>
  </li>`,Ri=()=>X.status?_`<p class="quiet">No job is ${X.status}.</p>`:_`<div class="teaching">
        <p>
          Work that takes longer than a request may last is a job: pictures of what a network's units
          look for, for example. It outlives this page, and stands here until it is deleted.
        </p>
        <p><a class="button" href="#/features">Make a first one</a></p>
      </div>`,zi={title:`Jobs`,enter:ji,leave:Mi,template:Pi},Bi=({output_shape:e})=>e.at(-1)??0,Vi=e=>Math.max(1,Math.ceil(Bi(e)/64));function Hi(e,t,n=64){let r=Math.min(Math.max(0,t),Vi(e)-1)*64,i=Math.min(r+n,Bi(e))-1;return i<r?``:`${r}-${i}`}var Ui=class{wanted;filters=null;filtersRefusal=null;maps=null;mapsRefusal=null;asking=new AbortController;constructor(e){this.wanted=e;let{layer:t,picture:n}=e;t.kernel_shape.length>0&&this.askFilters(),t.output_shape.length===3&&n&&this.askMaps(n)}isOf({model:e,layer:t,channels:n,picture:r}){return e===this.wanted.model&&t.name===this.wanted.layer.name&&n===this.wanted.channels&&r?.address===this.wanted.picture?.address}letGo(){this.asking.abort()}async askFilters(){let{model:e,layer:t,channels:n}=this.wanted,r=[e,`layers`,...t.name.split(`/`),`filters`].map(encodeURIComponent);try{let{body:e}=await A(`models/${r.join(`/`)}${Ve({channels:n,outputs:`grid`})}`,{signal:this.asking.signal});this.filters=e}catch(e){if(j(e))return;this.filtersRefusal=M(e)}C()}async askMaps(e){let{model:t,layer:n,channels:r}=this.wanted;try{let{body:i}=await A(`explain/feature-maps`,{method:`POST`,body:N(e,{model:t,layer:n.name,channels:r}),signal:this.asking.signal});this.maps=i}catch(e){if(j(e))return;this.mapsRefusal=M(e)}C()}},Z={model:``,layer:``,page:0,search:``,insight:null},Wi=!1;function Gi(e,t){Wi=!0;let[n=``,...r]=e;n&&Object.assign(Z,{model:n,layer:r.join(`/`)}),Z.page=Number(t.get(`page`)??0)||0,Ki()}function Ki(){Wi&&F.isReady&&(I(Z.model)||Object.assign(Z,{model:rt(),layer:``}),nt(Z.model).then(qi).catch(()=>setTimeout(Ki,2e3)))}function qi(){let e=Ji();if(!Wi||!e)return;Z.layer=e.name,at(Yi(e.name));let t={model:Z.model,layer:e,channels:Hi(e,Z.page),picture:G.picture};Z.insight?.isOf(t)||(Z.insight?.letGo(),Z.insight=new Ui(t)),C()}function Ji(){let e=F.layers.get(Z.model)??[],t=F.details.get(Z.model)?.default_layer;return e.find(({name:e})=>e===Z.layer)??e.find(({name:e})=>e===t)??e[0]}var Yi=(e,t=Z.page)=>R(`model`,[Z.model,...e.split(`/`)],new URLSearchParams(t?{page:String(t)}:{})),Xi=()=>{let e=F.layers.get(Z.model)??[],t=Ji();return _`<div class="model">
    <section class="card layers" aria-labelledby="layers-title">
      <h2 id="layers-title">Layers</h2>
      ${V({id:`model`,label:`Model`,value:Z.model,choices:F.models.map(({name:e})=>({value:e,text:e})),change:e=>{location.hash=R(`model`,[e])},hint:Zi(e)})}
      ${H({id:`search`,label:`Find a layer`,type:`search`,value:Z.search,placeholder:`conv, relu, …`,change:e=>{Z.search=e,C()}})}
      <nav class="layer-list" aria-label="Layers of ${Z.model}" tabindex="-1">
        <ol>
          ${Qi(e).map(e=>$i(e,e===t))}
        </ol>
      </nav>
    </section>
    <div class="insight">
      ${t&&Z.insight?ea(t,Z.insight):y}
    </div>
  </div>`};function Zi(e){let t=I(Z.model)?.parameters??0;return`${e.length} layers, ${D(t)} parameters`}function Qi(e){let t=Z.search.trim().toLowerCase();return e.filter(({name:e,type:n})=>`${e} ${n}`.toLowerCase().includes(t))}var $i=({name:e,type:t,output_shape:n},r)=>_`<li>
    <a href=${Yi(e,0)} aria-current=${r?`true`:y}>
      <span class="layer-name">${e}</span>
      <span class="quiet">${t}</span>
      <span class="quiet sides">${Ae(n)}</span>
    </a>
  </li>`,ea=(e,t)=>_`<section class="card" aria-labelledby="layer-title">
      <h2 id="layer-title" class="layer-title">${e.name}</h2>
      <dl class="facts">
        <dt>Type</dt>
        <dd>${e.type}</dd>
        <dt>Output</dt>
        <dd>${Ae(e.output_shape)}</dd>
        <dt>Parameters</dt>
        <dd>${D(e.parameters)}</dd>
        ${e.kernel_shape.length>0?_`<dt>Filters</dt>
              <dd>${Ae(e.kernel_shape)}</dd>`:y}
      </dl>
      ${e.output_shape.length===3?_`<p class="links">
            <a href=${ta(e)}>What its channels look for</a>
            ${e.explainable?_`<a href=${na(e)}>Explain at this layer</a>`:y}
          </p>`:y}
      ${ra(e)}
    </section>
    ${ia(e,t)} ${sa(e,t)}`,ta=e=>R(`features`,[],new URLSearchParams({model:Z.model,objective:`channel`,layer:e.name,channels:Hi(e,Z.page,8)||`random:9`}));function na(e){let[t=``,n=``]=Jn().split(`?`,2),r=new URLSearchParams(n);return r.set(`layer`,e.name),r.set(`model`,Z.model),`${t}?${r}`}function ra(e){let t=Vi(e);return t<2?y:_`<nav class="buttons paging" aria-label="Channels">
    ${Array.from({length:t},(t,n)=>{let r=n*64;return _`<a
        class="button plain"
        href=${Yi(e.name,n)}
        aria-current=${n===Z.page?`true`:y}
        >${r}–${Math.min(r+64,e.output_shape.at(-1)??0)-1}</a
      >`})}
  </nav>`}var ia=(e,{maps:t,mapsRefusal:n,wanted:r})=>_`<section class="card" aria-labelledby="maps-title">
    <h2 id="maps-title">What it answers to the picture</h2>
    ${e.output_shape.length===3?r.picture?_`${w(n)}
            <div class="grid-picture">
              ${t?.grid?_`<img
                    src="data:image/png;base64,${t.grid}"
                    alt="The maps of channels ${r.channels}, each in its own range"
                  />`:n?y:_`<p class="quiet">Looking …</p>`}
            </div>
            ${t?.channels?_`<p class="hint">
                  Strongest: ${oa(t.channels)}. Every map is drawn in its own range.
                </p>`:y}`:_`<p class="quiet">Drop or paste a picture, or choose one:</p>
            <div class="samples is-left">
              ${Rn(null,{takeSample:e=>void er(e)})}
            </div>`:_`<p class="quiet">This layer has no maps: its output is no picture any more.</p>`}
  </section>`,aa=5,oa=e=>[...e].sort((e,t)=>(t.max??0)-(e.max??0)).slice(0,aa).map(({index:e,max:t})=>`channel ${e} (${E(t??NaN)})`).join(`, `),sa=(e,{filters:t,filtersRefusal:n})=>_`<section class="card" aria-labelledby="filters-title">
    <h2 id="filters-title">What it has learned</h2>
    ${e.kernel_shape.length===0?_`<p class="quiet">This layer has no filters: it is no convolution.</p>`:_`${w(n)}
          <div class="grid-picture">
            ${t?.grid?_`<img
                  src="data:image/png;base64,${t.grid}"
                  alt="Filters of ${e.name}, each under its output channel"
                />`:n?y:_`<p class="quiet">Looking …</p>`}
          </div>
          ${t?_`<p class="hint">
                ${t.input_channel==null?`In colour: these filters see the picture itself; mid-grey is zero.`:`The weights for input channel ${t.input_channel}: red is positive, blue negative.`}
              </p>`:y}`}
  </section>`;Qn(qi);var Q={explain:_r,model:{title:`Model`,enter:Gi,leave:()=>{Wi=!1},template:Xi},features:Ti,jobs:zi,datasets:Qe};function ca(){or(),Ki(),ui()}var la=document.getElementById(`page`),$=``;function ua(){let e=it(location.hash),t=e.view in Q?e.view:`explain`;t!==$&&Q[$]?.leave(),$=t;let n=Q[t];document.title=`${n.title} · Vitrine`,n.enter(e.path,e.query),C()}var da=(e,{title:t})=>_`<a
    href=${e===`explain`?Jn():R(e)}
    aria-current=${e===$?`page`:y}
    >${t}</a
  >`,fa=()=>_`<a class="skip" href="#main" @click=${pa}>Skip to the content</a>
    <header class="head">
      <img src="web/favicon.svg" alt="" width="32" height="32" />
      <span class="brand">Vitrine</span>
      <nav aria-label="Views">
        ${Object.entries(Q).map(([e,t])=>da(e,t))}
        <a href="docs">HTTP interface</a>
      </nav>
    </header>
    <main id="main" tabindex="-1">
      <h1 class="unseen">Vitrine: ${Q[$]?.title}</h1>
      ${w(F.refusal,()=>void et(ca))}
      ${Q[$]?.template()??y}
    </main>`;function pa(e){e.preventDefault(),document.getElementById(`main`)?.focus()}function ma(e){e&&($!==`model`&&(location.hash=Jn()),$n(e))}document.addEventListener(`paste`,({clipboardData:e})=>ma(e?.files[0])),document.addEventListener(`dragover`,e=>{e.preventDefault(),tr(!0)}),document.addEventListener(`dragleave`,({relatedTarget:e})=>{e===null&&tr(!1)}),document.addEventListener(`drop`,e=>{e.preventDefault(),tr(!1),ma(e.dataTransfer?.files[0])}),xe(()=>ve(fa(),la)),window.addEventListener(`hashchange`,ua),ua(),et(ca);