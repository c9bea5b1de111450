var e=globalThis,t=e=>e,n=e.trustedTypes,r=n?n.createPolicy(`lit-html`,{createHTML:e=>e}):void 0,i=`$lit$`,a=`lit$${Math.random().toFixed(9).slice(2)}$`,o=`?`+a,s=`<${o}>`,c=document,l=()=>c.createComment(``),u=e=>e===null||typeof e!=`object`&&typeof e!=`function`,d=Array.isArray,f=e=>d(e)||typeof e?.[Symbol.iterator]==`function`,p=`[ 	
\f\r]`,m=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,ee=/-->/g,te=/>/g,h=RegExp(`>|${p}(?:([^\\s"'>=/]+)(${p}*=${p}*(?:[^ \t\n\f\r"'\`<>=]|("|')|))|$)`,`g`),ne=/'/g,re=/"/g,ie=/^(?:script|style|textarea|title)$/i,g=(e=>(t,...n)=>({_$litType$:e,strings:t,values:n}))(1),_=Symbol.for(`lit-noChange`),v=Symbol.for(`lit-nothing`),ae=new WeakMap,y=c.createTreeWalker(c,129);function oe(e,t){if(!d(e)||!e.hasOwnProperty(`raw`))throw Error(`invalid template strings array`);return r===void 0?t:r.createHTML(t)}var se=(e,t)=>{let n=e.length-1,r=[],o,c=t===2?`<svg>`:t===3?`<math>`:``,l=m;for(let t=0;t<n;t++){let n=e[t],u,d,f=-1,p=0;for(;p<n.length&&(l.lastIndex=p,d=l.exec(n),d!==null);)p=l.lastIndex,l===m?d[1]===`!--`?l=ee:d[1]===void 0?d[2]===void 0?d[3]!==void 0&&(l=h):(ie.test(d[2])&&(o=RegExp(`</`+d[2],`g`)),l=h):l=te:l===h?d[0]===`>`?(l=o??m,f=-1):d[1]===void 0?f=-2:(f=l.lastIndex-d[2].length,u=d[1],l=d[3]===void 0?h:d[3]===`"`?re:ne):l===re||l===ne?l=h:l===ee||l===te?l=m:(l=h,o=void 0);let g=l===h&&e[t+1].startsWith(`/>`)?` `:``;c+=l===m?n+s:f>=0?(r.push(u),n.slice(0,f)+i+n.slice(f)+a+g):n+a+(f===-2?t:g)}return[oe(e,c+(e[n]||`<?>`)+(t===2?`</svg>`:t===3?`</math>`:``)),r]},b=class e{constructor({strings:t,_$litType$:r},s){let c;this.parts=[];let u=0,d=0,f=t.length-1,p=this.parts,[m,ee]=se(t,r);if(this.el=e.createElement(m,s),y.currentNode=this.el.content,r===2||r===3){let e=this.el.content.firstChild;e.replaceWith(...e.childNodes)}for(;(c=y.nextNode())!==null&&p.length<f;){if(c.nodeType===1){if(c.hasAttributes())for(let e of c.getAttributeNames())if(e.endsWith(i)){let t=ee[d++],n=c.getAttribute(e).split(a),r=/([.?@])?(.*)/.exec(t);p.push({type:1,index:u,name:r[2],strings:n,ctor:r[1]===`.`?le:r[1]===`?`?ue:r[1]===`@`?de:C}),c.removeAttribute(e)}else e.startsWith(a)&&(p.push({type:6,index:u}),c.removeAttribute(e));if(ie.test(c.tagName)){let e=c.textContent.split(a),t=e.length-1;if(t>0){c.textContent=n?n.emptyScript:``;for(let n=0;n<t;n++)c.append(e[n],l()),y.nextNode(),p.push({type:2,index:++u});c.append(e[t],l())}}}else if(c.nodeType===8){if(c.data===o)p.push({type:2,index:u});else{let e=-1;for(;(e=c.data.indexOf(a,e+1))!==-1;)p.push({type:7,index:u}),e+=a.length-1}}u++}}static createElement(e,t){let n=c.createElement(`template`);return n.innerHTML=e,n}};function x(e,t,n=e,r){if(t===_)return t;let i=r===void 0?n._$Cl:n._$Co?.[r],a=u(t)?void 0:t._$litDirective$;return i?.constructor!==a&&(i?._$AO?.(!1),a===void 0?i=void 0:(i=new a(e),i._$AT(e,n,r)),r===void 0?n._$Cl=i:(n._$Co??=[])[r]=i),i!==void 0&&(t=x(e,i._$AS(e,t.values),i,r)),t}var ce=class{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:t},parts:n}=this._$AD,r=(e?.creationScope??c).importNode(t,!0);y.currentNode=r;let i=y.nextNode(),a=0,o=0,s=n[0];for(;s!==void 0;){if(a===s.index){let t;s.type===2?t=new S(i,i.nextSibling,this,e):s.type===1?t=new s.ctor(i,s.name,s.strings,this,e):s.type===6&&(t=new fe(i,this,e)),this._$AV.push(t),s=n[++o]}a!==s?.index&&(i=y.nextNode(),a++)}return y.currentNode=c,r}p(e){let t=0;for(let n of this._$AV)n!==void 0&&(n.strings===void 0?n._$AI(e[t]):(n._$AI(e,n,t),t+=n.strings.length-2)),t++}},S=class e{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,n,r){this.type=2,this._$AH=v,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=n,this.options=r,this._$Cv=r?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=x(this,e,t),u(e)?e===v||e==null||e===``?(this._$AH!==v&&this._$AR(),this._$AH=v):e!==this._$AH&&e!==_&&this._(e):e._$litType$===void 0?e.nodeType===void 0?f(e)?this.k(e):this._(e):this.T(e):this.$(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==v&&u(this._$AH)?this._$AA.nextSibling.data=e:this.T(c.createTextNode(e)),this._$AH=e}$(e){let{values:t,_$litType$:n}=e,r=typeof n==`number`?this._$AC(e):(n.el===void 0&&(n.el=b.createElement(oe(n.h,n.h[0]),this.options)),n);if(this._$AH?._$AD===r)this._$AH.p(t);else{let e=new ce(r,this),n=e.u(this.options);e.p(t),this.T(n),this._$AH=e}}_$AC(e){let t=ae.get(e.strings);return t===void 0&&ae.set(e.strings,t=new b(e)),t}k(t){d(this._$AH)||(this._$AH=[],this._$AR());let n=this._$AH,r,i=0;for(let a of t)i===n.length?n.push(r=new e(this.O(l()),this.O(l()),this,this.options)):r=n[i],r._$AI(a),i++;i<n.length&&(this._$AR(r&&r._$AB.nextSibling,i),n.length=i)}_$AR(e=this._$AA.nextSibling,n){for(this._$AP?.(!1,!0,n);e!==this._$AB;){let n=t(e).nextSibling;t(e).remove(),e=n}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},C=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,n,r,i){this.type=1,this._$AH=v,this._$AN=void 0,this.element=e,this.name=t,this._$AM=r,this.options=i,n.length>2||n[0]!==``||n[1]!==``?(this._$AH=Array(n.length-1).fill(new String),this.strings=n):this._$AH=v}_$AI(e,t=this,n,r){let i=this.strings,a=!1;if(i===void 0)e=x(this,e,t,0),a=!u(e)||e!==this._$AH&&e!==_,a&&(this._$AH=e);else{let r=e,o,s;for(e=i[0],o=0;o<i.length-1;o++)s=x(this,r[n+o],t,o),s===_&&(s=this._$AH[o]),a||=!u(s)||s!==this._$AH[o],s===v?e=v:e!==v&&(e+=(s??``)+i[o+1]),this._$AH[o]=s}a&&!r&&this.j(e)}j(e){e===v?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??``)}},le=class extends C{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===v?void 0:e}},ue=class extends C{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==v)}},de=class extends C{constructor(e,t,n,r,i){super(e,t,n,r,i),this.type=5}_$AI(e,t=this){if((e=x(this,e,t,0)??v)===_)return;let n=this._$AH,r=e===v&&n!==v||e.capture!==n.capture||e.once!==n.once||e.passive!==n.passive,i=e!==v&&(n===v||r);r&&this.element.removeEventListener(this.name,this,n),i&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH==`function`?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},fe=class{constructor(e,t,n){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=n}get _$AU(){return this._$AM._$AU}_$AI(e){x(this,e)}},pe={M:i,P:a,A:o,C:1,L:se,R:ce,D:f,V:x,I:S,H:C,N:ue,U:de,B:le,F:fe},me=e.litHtmlPolyfillSupport;me?.(b,S),(e.litHtmlVersions??=[]).push(`3.3.3`);var he=(e,t,n)=>{let r=n?.renderBefore??t,i=r._$litPart$;if(i===void 0){let e=n?.renderBefore??null;r._$litPart$=i=new S(t.insertBefore(l(),e),e,void 0,n??{})}return i._$AI(e),i},ge=()=>void 0,_e=!1;function ve(e){ge=e}function w(){_e||(_e=!0,queueMicrotask(()=>{_e=!1,ge()}))}var T=class extends Error{title;code;retrySeconds;constructor({title:e,detail:t,code:n=``,retrySeconds:r=null}){super(t),this.title=e,this.code=n,this.retrySeconds=r}},ye=()=>new T({title:`The service does not answer`,detail:"Is it still running? If it was started with `make serve`, look at that terminal. The page goes on by itself once the service is back.",code:`no_answer`,retrySeconds:2});function be(e,t){let n=Number(e.headers.get(`Retry-After`));return new T({title:t?.title??`Error ${e.status}`,detail:xe(t)??`Something between here and the service answered ${e.status}.`,code:t?.code??``,retrySeconds:n>0?n:null})}function xe(e){switch(e?.code){case`model_not_ready`:return`No worker serves this model at the moment. One that has just been started needs some seconds.`;case`broker_unavailable`:return`The service has lost its Redis and is waiting for it to come back.`;case`image_undecodable`:return`This file is no picture that the service can read: ${e.detail}. JPEG, PNG, WebP, BMP, GIF and TIFF are.`;case`queue_full`:return`Too many requests are waiting at the moment.`;case`deadline_exceeded`:return`${e.detail}. Choose a quicker method, or fewer passes in its settings.`;case`fields_invalid`:return(e.errors??[]).map(({pointer:e,detail:t})=>`${e.replace(/^\//,``)}: ${t}`).join(`; `);default:return e?.detail}}async function E(e,t={}){let n=await Ce(e,{...t,headers:{Accept:`application/json`,...t.headers}}),r=n.status===204?null:await n.json().catch(()=>void 0);if(n.ok&&r!==void 0)return{body:r,times:we(n.headers.get(`Server-Timing`)??``),status:n.status};throw be(n,r??null)}async function Se(e,t={}){let n=await Ce(e,t);if(n.ok)return n.blob();throw be(n,await n.json().catch(()=>null))}async function Ce(e,t){try{return await fetch(e,t)}catch(e){throw D(e)?e:ye()}}var D=e=>e instanceof DOMException&&e.name===`AbortError`;function O(e){if(e instanceof T)return e;throw e}var we=e=>[...e.matchAll(/([\w-]+);dur=([\d.]+)/g)].map(([,e=``,t])=>[e,Number(t)]);function Te(e,t){let n=new FormData;n.append(`image`,e.blob,e.name);for(let[e,r]of Object.entries(t))r!==``&&n.append(e,r);return n}var k={models:[],defaultModel:``,methods:[],details:new Map,layers:new Map,refusal:null,isReady:!1},Ee=2;async function De(e){try{let[e,t]=await Promise.all([E(`models`),E(`methods`)]);k.models=e.body.models,k.defaultModel=e.body.default,k.methods=t.body.methods,k.refusal=k.models.some(({ready:e})=>e)?null:Oe(),k.isReady=k.refusal===null}catch(e){if(!(e instanceof T))throw e;k.refusal=e}if(w(),k.isReady)e();else{let t=k.refusal?.retrySeconds??Ee;setTimeout(()=>void De(e),t*1e3)}}var Oe=()=>new T({title:`The service is starting`,detail:`No worker is ready yet. This takes some seconds; the page goes on by itself.`,code:`no_worker`,retrySeconds:Ee});async function ke(e){if(!e||k.layers.has(e))return;let t=`models/${encodeURIComponent(e)}`,[n,r]=await Promise.all([E(t),E(`${t}/layers`)]);k.details.set(e,n.body),k.layers.set(e,r.body.layers),w()}var Ae=()=>k.models.find(({name:e})=>e===k.defaultModel)?.name??k.models[0]?.name??``,A=e=>k.models.find(t=>t.name===e),j=e=>k.methods.find(t=>t.name===e);function je(e){let[t=``,n=``]=e.replace(/^#\/?/,``).split(`?`,2),[r=``,...i]=t.split(`/`).map(decodeURIComponent);return{view:r||`explain`,path:i,query:new URLSearchParams(n)}}function Me(e,t=[],n=new URLSearchParams){let r=[e,...t].map(encodeURIComponent).join(`/`),i=n.toString().replaceAll(`%2C`,`,`).replaceAll(`%2F`,`/`);return`#/${r}${i?`?${i}`:``}`}function Ne(e){location.hash!==e&&history.replaceState(null,``,e)}function Pe(e){let t=(e*100).toFixed(1);return e<5e-4?`< 0.1 %`:e<1&&t===`100.0`?`> 99.9 %`:`${t} %`}function Fe(e){return e<10?`${e.toFixed(1)} ms`:e<1e3?`${Math.round(e)} ms`:`${(e/1e3).toFixed(1)} s`}var M=e=>Number.isFinite(e)?String(Number(e.toPrecision(4))):`not finite`,Ie=e=>e.toLocaleString(`en`),Le=e=>e.replaceAll(/[_-]/g,` `),Re=e=>{let t=Le(e);return t.charAt(0).toUpperCase()+t.slice(1)},ze=1500,Be=e=>async t=>{let n=t.currentTarget,r=await Ve(e())?`Copied`:`Not copied`;n.dataset.said=r,setTimeout(()=>delete n.dataset.said,ze)};async function Ve(e){try{return await navigator.clipboard.writeText(e),!0}catch{return He(e)}}function He(e){let t=document.createElement(`textarea`);t.value=e,t.className=`unseen`,document.body.append(t),t.select();let n=document.execCommand(`copy`);return t.remove(),n}function Ue(e,t){let n=document.createElement(`a`);n.href=URL.createObjectURL(e),n.download=t,n.click(),setTimeout(()=>URL.revokeObjectURL(n.href),1e4)}var We=`gradcam`,Ge=0,N=(e,t={})=>({id:++Ge,method:e,parameters:t,asked:``,askedAt:0,asking:null,answer:null,map:null,times:[],refusal:null,measured:``,measuring:null,evidence:null,evidenceRefusal:null,cell:null}),Ke=()=>({picture:null,isPictureMissing:!1,isDragging:!1,pictureRefusal:null,model:``,target:``,versus:``,layer:``,polarity:``,colormap:``,seed:``,opacity:.5,withEvidence:!1,panels:[N(We)],selected:0,language:`curl`}),P=({panels:e,selected:t})=>e[t]??e[0],qe=[`model`,`target`,`versus`,`layer`,`polarity`,`colormap`,`seed`];function Je(e){let t=new URLSearchParams,n=(e,n)=>n!==``&&t.set(e,n),{picture:r}=e;r?t.set(`picture`,r.sample??`own`):e.isPictureMissing&&t.set(`picture`,`own`),t.set(`methods`,e.panels.map(({method:e})=>e).join(`,`));for(let t of qe)n(t,e[t]);return e.opacity!==.5&&t.set(`opacity`,String(e.opacity)),e.withEvidence&&t.set(`evidence`,`1`),e.selected>0&&t.set(`selected`,String(e.selected)),e.panels.forEach(({parameters:e},t)=>{for(let[r,i]of Object.entries(e))n(`${t}.${r}`,i)}),t}function Ye(e,t){for(let n of qe)t[n]=e.get(n)??``;let n=Number(e.get(`opacity`)??.5);t.opacity=n>=0&&n<=1?n:.5,t.withEvidence=e.get(`evidence`)===`1`;let r=(e.get(`methods`)??``).split(`,`).filter(Boolean).slice(0,4);t.panels=(r.length?r:[We]).map((n,r)=>{let i=t.panels[r],a=i?.method===n?i:N(n);return a.parameters=Xe(e,r),a});let i=Number(e.get(`selected`)??0);t.selected=t.panels[i]?i:0}var Xe=(e,t)=>Object.fromEntries([...e].filter(([e])=>e.startsWith(`${t}.`)).map(([e,n])=>[e.slice(`${t}.`.length),n])),Ze=4;function Qe({b64:e,dtype:t,shape:n}){let[r=0,i=0]=n;if(t!==`float32`||n.length!==2)throw TypeError(`a map of ${t} [${n.join(`, `)}]`);let a=Uint8Array.from(atob(e),e=>e.charCodeAt(0)),o=new DataView(a.buffer),s=Float32Array.from({length:r*i},(e,t)=>o.getFloat32(t*Ze,!0));return{rows:r,columns:i,values:s,largest:s.reduce((e,t)=>Math.max(e,Math.abs(t)),0)}}var $e=(e,{row:t,column:n})=>e.values[t*e.columns+n]??NaN;function et(e,t,n){return t<0||n<0||t>=1||n>=1?null:{row:Math.floor(n*e.rows),column:Math.floor(t*e.columns)}}function tt(e,t,n,r){let i=(e,t)=>Math.min(t-1,Math.max(0,e));return{row:i(t.row+n,e.rows),column:i(t.column+r,e.columns)}}function nt({b64:e,shape:t}){let n=`{'descr': '<f4', 'fortran_order': False, 'shape': (${t.length===1?`${t[0]},`:t.join(`, `)}), }`,r=n.padEnd(Math.ceil((n.length+11)/64)*64-11)+`
`,i=new Uint8Array(10+r.length);i.set([147,78,85,77,80,89,1,0,r.length&255,r.length>>8]),i.set(new TextEncoder().encode(r),10);let a=Uint8Array.from(atob(e),e=>e.charCodeAt(0));return new Blob([i,a],{type:`application/octet-stream`})}function F(e,t){let n=j(t.method);return{model:e.model,target:e.target,versus:e.versus,layer:n?.uses_layer?e.layer:``,seed:n?.uses_seed?e.seed:``,polarity:e.polarity,colormap:e.colormap,...t.parameters}}function I(e){let{picture:t}=e;if(!t||!k.isReady||!e.model)return;for(let n of e.panels)it(e,n,t);let n=P(e);e.withEvidence&&at(e,n,t)}function rt(e){for(let t of e.panels)t.refusal&&(t.asked=``),t.evidenceRefusal&&(t.measured=``);I(e)}async function it(e,t,n){let r={...F(e,t),outputs:`overlay,raw`,opacity:`1`},i=JSON.stringify([n.address,t.method,r]);if(i===t.asked)return;t.asking?.abort();let a=new AbortController;Object.assign(t,{asked:i,asking:a,askedAt:performance.now(),refusal:null}),w();try{let{body:e,times:i}=await E(L(t),{method:`POST`,body:Te(n,r),signal:a.signal});t.map=e.raw?Qe(e.raw):null,Object.assign(t,{answer:e,times:i,cell:null})}catch(n){if(D(n))return;t.refusal=O(n),Object.assign(t,{answer:null,map:null,cell:null}),ot(e,t)}t.asking=null,w()}async function at(e,t,n){let r={...F(e,t),outputs:`box`,evidence:`true`},i=JSON.stringify([n.address,t.method,r]);if(i===t.measured||t.method===`auto`)return;t.measuring?.abort();let a=new AbortController;Object.assign(t,{measured:i,measuring:a,evidence:null,evidenceRefusal:null}),w();try{let{body:e}=await E(L(t),{method:`POST`,body:Te(n,r),signal:a.signal});t.evidence=e.evidence??null}catch(e){if(D(e))return;t.evidenceRefusal=O(e)}t.measuring=null,w()}function ot(e,t){let{refusal:n,asked:r}=t;n?.retrySeconds!=null&&setTimeout(()=>{t.asked===r&&t.refusal===n&&(t.asked=``,I(e))},n.retrySeconds*1e3)}var st=(e,t,n)=>Se(L(t),{method:`POST`,headers:{Accept:`image/png`},body:Te(n,{...F(e,t),outputs:`overlay`,opacity:String(e.opacity)})}),L=e=>`explain/${encodeURIComponent(e.method)}`,R={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},ct=e=>(...t)=>({_$litDirective$:e,values:t}),lt=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,n){this._$Ct=e,this._$AM=t,this._$Ci=n}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}},{I:ut}=pe,dt=e=>e.strings===void 0,ft={},pt=(e,t=ft)=>e._$AH=t,mt=ct(class extends lt{constructor(e){if(super(e),e.type!==R.PROPERTY&&e.type!==R.ATTRIBUTE&&e.type!==R.BOOLEAN_ATTRIBUTE)throw Error("The `live` directive is not allowed on child or event bindings");if(!dt(e))throw Error("`live` bindings can only contain a single expression")}render(e){return e}update(e,[t]){if(t===_||t===v)return t;let n=e.element,r=e.name;if(e.type===R.PROPERTY){if(t===n[r])return _}else if(e.type===R.BOOLEAN_ATTRIBUTE){if(!!t===n.hasAttribute(r))return _}else if(e.type===R.ATTRIBUTE&&n.getAttribute(r)===t+``)return _;return pt(e),t}}),ht=e=>e.target.value,gt=(e,t)=>e.map(({value:e,text:n,isOff:r=!1})=>g`<option value=${e} .selected=${mt(e===t)} ?disabled=${r}>
        ${n}
      </option>`),z=({id:e,label:t,value:n,hint:r,isOff:i=!1,change:a,choices:o})=>g`<div class="field">
    <label for=${e}>${t}</label>
    <select
      id=${e}
      ?disabled=${i}
      aria-describedby=${r===void 0?v:`${e}-hint`}
      @change=${e=>a(ht(e))}
    >
      ${gt(o,n)}
    </select>
    ${_t(e,r)}
  </div>`,B=({id:e,label:t,value:n,hint:r,isOff:i=!1,change:a,type:o=`text`,placeholder:s=``,min:c,max:l,step:u})=>g`<div class="field">
    <label for=${e}>${t}</label>
    <input
      id=${e}
      type=${o}
      .value=${mt(n)}
      placeholder=${s}
      ?disabled=${i}
      min=${c??v}
      max=${l??v}
      step=${u??v}
      aria-describedby=${r===void 0?v:`${e}-hint`}
      @change=${e=>a(ht(e))}
    />
    ${_t(e,r)}
  </div>`,_t=(e,t)=>t===void 0?v:g`<p class="hint" id="${e}-hint">${t}</p>`,vt=e=>e?.properties??{},yt=e=>({...e.anyOf?.find(({type:e})=>e!==`null`),...e}),bt=e=>{let{default:t}=e;return t==null?`automatic`:typeof t==`object`?JSON.stringify(t):String(t)},xt=(e,t,n,r)=>Object.entries(e).map(([e,i])=>St(e,yt(i),t[e]??``,t=>n(e,t),r));function St(e,t,n,r,i){let a={id:`${i}-${e}`,label:Re(e),hint:(t.description??``).replaceAll(/\s+/g,` `).replaceAll("`",``).trim(),value:n,change:r},o=bt(t),s=t.type===`boolean`?[`true`,`false`]:t.enum;if(s){let e=s.filter(e=>e!==o),t=[{value:``,text:o},...e.map(e=>({value:e,text:e}))];return g`${z({...a,choices:t})}`}return t.type!==`integer`&&t.type!==`number`?g`${B({...a,placeholder:o})}`:g`${B({...a,type:`number`,placeholder:o,min:t.minimum??t.exclusiveMinimum,max:t.maximum??t.exclusiveMaximum,step:t.type===`integer`?`1`:`any`})}`}var Ct=[`jet`,`turbo`,`viridis`,`inferno`,`magma`,`plasma`,`cividis`,`hot`,`gray`,`coolwarm`,`RdBu_r`,`seismic`,`bwr`],wt=[{value:``,text:`automatic`},{value:`positive`,text:`for the class`},{value:`negative`,text:`against it`},{value:`both`,text:`both`}];function Tt(e,t){let n=j(P(e).method),r=(n,r,i,a)=>z({id:n,label:r,value:e[n],choices:i,change:e=>t.change(n,e),...a===void 0?{}:{hint:a}});return g`<form
    class="card choices"
    aria-label="What to explain, and how"
    @submit=${e=>e.preventDefault()}
  >
    ${r(`model`,`Model`,Dt(),Ot(e.model))}
    ${r(`target`,`Class to explain`,[{value:``,text:`the most probable`},...kt(e.model)])}
    ${r(`versus`,`Rather than`,[{value:``,text:`nothing in particular`},...kt(e.model).map(t=>({...t,isOff:t.value===e.target}))])}
    <div class="pair">
      ${r(`polarity`,`Evidence`,wt)}
      ${r(`colormap`,`Colours`,[{value:``,text:`automatic`},...Ct.map(e=>({value:e,text:e}))])}
    </div>
    ${z({id:`layer`,label:`Layer`,value:n?.uses_layer?e.layer:``,choices:At(e.model,n?.uses_layer??!1),isOff:!n?.uses_layer,change:e=>t.change(`layer`,e)})}
    ${Et(e,t)}
  </form>`}function Et(e,t){let n=P(e),r=j(n.method);if(!r)return v;let i=vt(r.parameters),a=Object.keys(i).length>0||r.uses_seed;return g`<div class="method-about">
      <h2>${r.title}</h2>
      <p class="hint">${r.summary}</p>
      <p class="hint">Costs ${r.cost}.</p>
    </div>
    ${a?g`<details class="own" ?open=${Object.keys(n.parameters).length>0}>
          <summary>Settings of ${r.title}</summary>
          ${xt(i,n.parameters,t.changeParameter,`own`)}
          ${r.uses_seed?B({id:`seed`,label:`Seed`,type:`number`,value:e.seed,placeholder:`0`,min:0,step:`1`,hint:`Of everything random: the same seed, the same map.`,change:e=>t.change(`seed`,e)}):v}
        </details>`:v}`}var Dt=()=>k.models.map(({name:e,ready:t})=>({value:e,text:t?e:`${e} (away)`}));function Ot(e){let t=A(e);if(!t)return`\xA0`;let[n,r]=t.input_shape;return t.ready?`${Ie(t.classes.length)} classes, ${r} × ${n} pixels`:`not hosted by any worker at the moment`}var kt=e=>(A(e)?.classes??[]).map((e,t)=>({value:String(t),text:e}));function At(e,t){if(!t)return[{value:``,text:`this method looks at none`}];let n=k.details.get(e)?.default_layer,r=(k.layers.get(e)??[]).filter(({explainable:e})=>e);return[{value:``,text:n?`the last map (${n})`:`the last map`},...r.map(({name:e,output_shape:t})=>({value:e,text:`${e} · ${t.slice(0,2).join(` × `)}`})).reverse()]}var V=(e,t=null)=>e===null?v:g`<div class="note is-error" role="alert">
        <strong>${e.title}</strong>
        <span>${Nt(e.message)}</span>
        ${e.retrySeconds!==null&&t?g`<button class="plain" type="button" @click=${t}>Try again</button>`:v}
      </div>`,jt=(e,t)=>g`<div class="note"><strong>${e}</strong><span>${Nt(t)}</span></div>`,Mt=(e,t)=>g`<p class="working">
    <span class="spinner" aria-hidden="true"></span>
    <span>${e}${t<2?``:` ${Math.floor(t)} s`}</span>
  </p>`,Nt=e=>{let t=e.charAt(0).toUpperCase()+e.slice(1);return/[.?!…:]$/.test(t)?t:`${t}.`},Pt={supported:`Nothing that was measured speaks against this map.`,mixed:`Something speaks against this map, but nothing decisive: read the reasons.`,unsupported:`A decisive reason speaks against this map. Do not argue with it.`,untested:`Nothing could be measured.`},Ft={supported:`✓`,mixed:`~`,unsupported:`✕`,untested:`?`},It=[[`insertion`,`Score as the marked pixels come in; more is better`,`random_insertion`],[`deletion`,`Score as the marked pixels go; less is better`,`random_deletion`],[`score_drop`,`Part of the score lost where only the marked is seen`,null],[`completeness_gap`,`Part of the score that the map leaves open`,null],[`noise_stability`,`Likeness to the maps of noisy copies`,null],[`randomized_similarity`,`Likeness to the map of a network with random last weights`,null]],Lt=(e,t)=>g`<section class="card evidence" aria-labelledby="evidence-title">
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
    <div class="card-body" aria-live="polite">${Rt(e,t)}</div>
  </section>`;function Rt(e,{isOn:t,hasPicture:n,again:r}){return e.answer?.ranking?Vt(e.answer.ranking,e.answer.chosen??``):t?n?e.evidenceRefusal?V(e.evidenceRefusal,r):e.evidence?Bt(e.evidence):g`<p class="quiet"><span class="spinner" aria-hidden="true"></span> Measuring …</p>`:g`<p class="quiet">Choose a picture first.</p>`:g`<p class="quiet">
      A map can look right and be wrong. Measuring covers the picture along the map, adds noise and
      draws weights anew, with the very model that the map explains: some 130 passes more.
    </p>`}var zt=e=>g`<span class="badge is-${e}"
    ><span aria-hidden="true">${Ft[e]}</span> ${Re(e)}</span
  >`,Bt=e=>g`<p class="verdict">${zt(e.verdict)} ${Pt[e.verdict]}</p>
    <ul class="reasons">
      ${e.reasons.map(({speaks_for:e,is_decisive:t,detail:n})=>g`<li class=${e?`speaks-for`:`speaks-against`}>
            <span class="sign" aria-hidden="true">${e?`+`:`−`}</span>
            <span
              ><span class="unseen">${e?`For: `:`Against: `}</span>${Nt(n)}
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
          ${It.map(([t,n,r])=>g`<tr>
                <th scope="row">${n}</th>
                <td>${H(e[t])}</td>
                <td>${r?H(e[r]):``}</td>
              </tr>`)}
        </tbody>
      </table>
    </details>`,H=e=>typeof e==`number`?M(e):`–`,Vt=(e,t)=>g`<p>The methods competed on this picture; the map shown is the best one's.</p>
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
              <th scope="row">${j(e.method)?.title??e.method}</th>
              <td>${zt(e.verdict)}</td>
              <td>${H(e.insertion)}</td>
              <td>${H(e.deletion)}</td>
            </tr>`)}
      </tbody>
    </table>`,U=[{name:`cat`,title:`A cat`,file:`web/samples/cat.jpg`,credit:`Chelsea, photographed by Stéfan van der Walt (CC0)`},{name:`drawn-cat`,title:`A drawn cat`,file:`web/samples/drawn-cat.jpg`,credit:`Drawn for Vitrine`},{name:`drawn-dog`,title:`A drawn dog`,file:`web/samples/drawn-dog.jpg`,credit:`Drawn for Vitrine`}],Ht=`vitrine.picture`;async function Ut(e){let t=e.name||`picture.png`;return{blob:e,name:t,address:URL.createObjectURL(e),sample:null,isKept:Kt(t,await qt(e))}}async function Wt(e){let t=U.find(t=>t.name===e);if(!t)return null;let n=await Se(t.file);return{blob:n,name:t.file.replace(/.*\//,``),address:URL.createObjectURL(n),sample:e,isKept:!0}}function Gt(){let e=sessionStorage.getItem(Ht);if(e===null)return null;let{name:t,dataUrl:n}=JSON.parse(e),[r=``,i=``]=n.split(`,`,2),a=Uint8Array.from(atob(i),e=>e.charCodeAt(0)),o=new Blob([a],{type:/data:([^;]*)/.exec(r)?.[1]??``});return{blob:o,name:t,address:URL.createObjectURL(o),sample:null,isKept:!0}}function Kt(e,t){try{return sessionStorage.setItem(Ht,JSON.stringify({name:e,dataUrl:t})),!0}catch{return sessionStorage.removeItem(Ht),!1}}function qt(e){return new Promise((t,n)=>{let r=new FileReader;r.onload=()=>t(String(r.result)),r.onerror=()=>n(r.error??Error(`the file cannot be read`)),r.readAsDataURL(e)})}var Jt=42,Yt=(e,t,n,r)=>e.length===0?g`<p class="quiet predictions" .style=${`min-height:${n*Jt}px`}>
        The most probable classes will stand here.
      </p>`:g`<ol class="predictions">
        ${e.map(e=>Xt(e,e.index===t,r))}
      </ol>`,Xt=({index:e,label:t,probability:n,logit:r},i,a)=>g`<li>
    <button
      class="prediction"
      type="button"
      title="Explain ${t}${r==null?``:` (logit ${r.toFixed(2)})`}"
      aria-pressed=${String(i)}
      @click=${()=>a(e)}
    >
      <span class="part" .style=${`width:${n*100}%`}></span>
      <span class="label">${t}</span>
      <span class="percent">${Pe(n)}</span>
    </button>
  </li>`,Zt={positive:`What speaks for`,negative:`What speaks against`,both:`What speaks for and against`};function Qt(e){if(!e)return`What the model looks at`;let t=e.versus?` rather than “${e.versus.label}”`:``;return`${Zt[String(e.parameters.polarity)]??`What the model looks at for`} “${e.target.label}”${t}`}var $t=(e,t,n,r)=>{let{answer:i,asking:a,askedAt:o}=t,s=e.panels.length===1,c=n===e.selected&&!s,l=j(t.method)?.title??t.method;return g`<figure
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
        ${gt(en(e.model),t.method)}
      </select>
      ${s?v:g`<button class="icon" type="button" aria-label="Remove ${l}" @click=${r.remove}>
            ✕
          </button>`}
    </div>
    <div
      class="frame explained"
      role="img"
      tabindex=${t.map?0:v}
      aria-label="${l}: ${Qt(i)}, as colours over the picture. Arrow keys read its values."
      aria-busy=${String(a!==null)}
      @pointermove=${e=>an(t,e)}
      @pointerdown=${e=>an(t,e)}
      @pointerleave=${()=>W(t,null)}
      @keydown=${e=>sn(t,e)}
      @blur=${()=>W(t,null)}
    >
      ${e.picture?g`<img src=${e.picture.address} alt="" @error=${cn} @load=${ln} />`:v}
      ${i?.overlay&&!t.refusal?g`<img
            class="colours ${a?`is-old`:``}"
            src="data:image/png;base64,${i.overlay}"
            alt=""
            .style=${`opacity:${e.opacity}`}
          />`:v}
      ${t.cell&&t.map&&i?rn(t.cell,t.map,i.image):v}
      ${a?Mt(`${l} …`,(performance.now()-o)/1e3):v}
    </div>
    <figcaption title=${Qt(i)}>${Qt(i)}</figcaption>
    <p class="readout" aria-live="polite">${tn(t)}</p>
    ${V(t.refusal,r.again)}
    ${(i?.warnings??[]).map(({detail:e})=>jt(`This map explains nothing`,e))}
  </figure>`};function en(e){let t=k.details.get(e)?.unsupported??{};return k.methods.map(({name:e,title:n})=>({value:e,text:e in t?`${n} (not for this model)`:n,isOff:e in t}))}function tn({cell:e,map:t,answer:n}){if(!t||!n)return`\xA0`;if(!e){let{min:e,max:r}=n.range;return`${t.columns} × ${t.rows} values, ${M(e??NaN)} to ${M(r??NaN)}`}let r=$e(t,e),i=t.largest>0?` · ${Math.round(r/t.largest*100)} % of the largest`:``;return`${M(r)}${i} · row ${e.row+1}, column ${e.column+1}`}function nn({width:e,height:t}){let n=Math.max(e,t),[r,i]=[e/n,t/n];return{left:(1-r)/2,top:(1-i)/2,across:r,down:i}}function rn({row:e,column:t},n,r){let{left:i,top:a,across:o,down:s}=nn(r),[c,l]=[o/n.columns,s/n.rows],u=e=>`${e*100}%`;return g`<span
    class="marker"
    .style=${`left:${u(i+t*c)};top:${u(a+e*l)};width:${u(c)};height:${u(l)}`}
  ></span>`}function an(e,t){if(!e.map||!e.answer)return;let n=t.currentTarget.getBoundingClientRect(),{left:r,top:i,across:a,down:o}=nn(e.answer.image),s=((t.clientX-n.left)/n.width-r)/a,c=((t.clientY-n.top)/n.height-i)/o;W(e,et(e.map,s,c))}var on={ArrowUp:[-1,0],ArrowDown:[1,0],ArrowLeft:[0,-1],ArrowRight:[0,1]};function sn(e,t){let n=on[t.key];if(!n||!e.map)return;t.preventDefault();let{rows:r,columns:i}=e.map,a={row:Math.floor(r/2),column:Math.floor(i/2)};W(e,e.cell?tt(e.map,e.cell,...n):a)}function W(e,t){(e.cell?.row!==t?.row||e.cell?.column!==t?.column)&&(e.cell=t,w())}var cn=e=>e.target.hidden=!0,ln=e=>e.target.hidden=!1,un=(e,t)=>g`<section class="stage card" id="stage" aria-label="Picture and explanation">
    <input
      class="hidden-input"
      id="file"
      type="file"
      accept="image/*"
      aria-label="Choose a picture"
      @change=${e=>dn(e.target,t)}
    />
    ${e.picture===null||e.isDragging?fn(e,t):v}
    ${e.picture?mn(e,t):v}
    ${V(e.pictureRefusal)}
  </section>`;function dn(e,{take:t}){t(e.files?.[0]),e.value=``}var fn=(e,t)=>g`<div class="drop ${e.picture?`is-over`:``} ${e.isDragging?`is-dragging`:``}">
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
    <div class="samples">${pn(null,t)}</div>
  </div>`,pn=(e,{takeSample:t})=>U.map(({name:n,title:r,file:i,credit:a})=>g`<button
        class="sample"
        type="button"
        title="${r}: ${a}"
        aria-pressed=${String(n===e)}
        @click=${()=>t(n)}
      >
        <img src=${i} alt="" width="72" height="72" /><span>${r}</span>
      </button>`),mn=(e,t)=>g`<div class="panels has-${e.panels.length}">
      <figure class="panel sent">
        <div class="panel-head"><label class="button plain" for="file">Another picture</label></div>
        <div class="frame"><img src=${e.picture?.address??``} alt="The picture" /></div>
        <figcaption title=${e.picture?.name??``}>${e.picture?.name}</figcaption>
        <p class="readout">${hn(e)}</p>
      </figure>
      ${e.panels.map((n,r)=>$t(e,n,r,t.ofPanel(r)))}
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
      ${pn(e.picture?.sample??null,t)}
    </div>`;function hn({picture:e}){if(!e)return``;let t=U.find(({name:t})=>t===e.sample);return t?t.credit:e.isKept?`Kept in this tab only`:`Too large to outlive a reload`}var G=e=>new URL(e,document.baseURI.split(`#`)[0]).href,gn=e=>Object.entries(e).filter(([,e])=>e!==``),K=e=>/^[\w./:@=,-]+$/.test(e)?e:`'${e.replaceAll(`'`,`'\\''`)}'`;function _n({method:e,fileName:t,fetchFrom:n,fields:r}){let i=[`curl -H 'Accept: image/png'`,`-F ${K(`image=@${t}`)}`,...gn(r).map(([e,t])=>`-F ${K(`${e}=${t}`)}`),`-o overlay.png`,K(G(`explain/${e}`))].join(` \\
  `);return((n&&`curl ${K(G(n))} -o ${K(t)}\n`)??``)+i}function vn({method:e,fileName:t,fetchFrom:n,fields:r}){let i=gn({...r,outputs:`overlay,raw`}).map(([e,t])=>`    ${JSON.stringify(e)}: ${JSON.stringify(t)},`);return[`import base64`,`from pathlib import Path`,``,`import httpx`,`import numpy as np`,``,`picture = ${n?`httpx.get(${JSON.stringify(G(n))}).content`:`Path(${JSON.stringify(t)}).read_bytes()`}`,`options = {`,...i,`}`,`answer = httpx.post(`,`    ${JSON.stringify(G(`explain/${e}`))},`,`    files={"image": (${JSON.stringify(t)}, picture)}, data=options, timeout=300,`,`).raise_for_status().json()`,`Path("overlay.png").write_bytes(base64.b64decode(answer["overlay"]))`,`raw = answer["raw"]`,`values = np.frombuffer(base64.b64decode(raw["b64"]), raw["dtype"]).reshape(raw["shape"])`,`print(answer["target"], values.max())`].join(`
`)}var yn=[[`curl`,`curl`],[`python`,`Python`]];function bn(e){let t=P(e),n=U.find(({name:t})=>t===e.picture?.sample);return{method:t.method,fileName:e.picture?.name??`photo.jpg`,fetchFrom:n?.file??null,fields:e.picture?{...F(e,t),outputs:`overlay`,opacity:String(e.opacity)}:{}}}function xn(e,t){let{answer:n}=P(e),r=(e.language===`curl`?_n:vn)(bn(e)),i=e.picture!==null&&e.picture.sample===null;return g`<section class="card calls" aria-labelledby="calls-title">
    <div class="card-head">
      <h2 id="calls-title">To take along</h2>
      <div class="buttons">
        ${q(`save-picture`,`Picture`,`Save the overlay as PNG`,t.picture,!n)}
        ${q(`save-numbers`,`Numbers`,`Save the map for numpy.load`,t.numbers,!n)}
        ${q(`save-answer`,`Answer`,`Save all that was answered, as JSON`,t.answer,!n)}
        ${q(`copy-link`,`Link`,`Copy the address of this view`,Be(()=>location.href),!e.picture)}
      </div>
    </div>
    <p class="hint" id="link-hint">
      ${i?`Your picture never leaves this tab but for the service: the link carries every choice, and whoever opens it adds a picture.`:`The link shows others the same view.`}
    </p>
    <div class="card-head">
      <h3>The same from a program</h3>
      <div class="buttons">
        ${yn.map(([n,r])=>g`<button
              class="plain"
              type="button"
              aria-pressed=${String(e.language===n)}
              @click=${()=>t.language(n)}
            >
              ${r}
            </button>`)}
        ${q(`copy`,`Copy`,`Copy the call`,Be(()=>r),!1)}
      </div>
    </div>
    <pre tabindex="0" role="region" aria-label="The call"><code id="call">${r}</code></pre>
  </section>`}var q=(e,t,n,r,i)=>g`<button class="plain" type="button" id=${e} title=${n} ?disabled=${i} @click=${r}>
    ${t}
  </button>`,J=Ke(),Sn=()=>Me(`explain`,[],Je(J)),Cn=5,wn=!1;function Y(){wn&&Ne(Sn()),I(J),w()}async function Tn(e){e&&X(await Ut(e))}async function En(e){try{let t=await Wt(e);t&&X(t)}catch(e){J.pictureRefusal=O(e),w()}}function Dn(e){J.isDragging!==e&&(J.isDragging=e,w())}function X(e,t=J.isPictureMissing){J.picture&&URL.revokeObjectURL(J.picture.address),Object.assign(J,{picture:e,isPictureMissing:!1,pictureRefusal:null}),t||Object.assign(J,{target:``,versus:``});for(let e of J.panels)On(e);Y()}function On(e){Object.assign(e,{answer:null,map:null,evidence:null,refusal:null,cell:null,asked:``,measured:``,times:[]})}async function kn(e,t){wn=!0,t.size>0&&(Ye(t,J),await An(t.get(`picture`))),Z(),Y()}async function An(e){if(e===null||e===(J.picture?.sample??(J.picture&&`own`)))return;if(e!==`own`){let t=await Wt(e).catch(()=>null);t&&X(t,!0);return}let t=Gt();t?X(t,!0):J.isPictureMissing=!0}function Z(){if(!k.isReady)return;A(J.model)||(J.model=Ae());let e=A(J.model)?.classes??[];for(let t of[`target`,`versus`]){let n=e.indexOf(J[t]);n>=0&&(J[t]=String(n))}ke(J.model).catch(()=>setTimeout(Z,2e3)),I(J)}function jn(e,t){Object.assign(J,{[e]:t}),e===`model`&&(Object.assign(J,{target:``,versus:``,layer:``}),Z()),e===`target`&&J.versus===t&&(J.versus=``),Y()}var Mn=e=>({choose:t=>{let n=J.panels[e];n?.asking?.abort(),n?.measuring?.abort();let r=N(t);n&&Object.assign(r,{answer:n.answer}),J.panels[e]=r,Y()},select:()=>{J.selected!==e&&(J.selected=e,Y())},remove:()=>{J.panels[e]?.asking?.abort(),J.panels.splice(e,1),J.selected=Math.min(J.selected,J.panels.length-1),Y()},again:()=>rt(J)});function Nn(){let e=new Set(J.panels.map(({method:e})=>e)),t=k.details.get(J.model)?.unsupported??{},n=[`saliency`,`integrated-gradients`,`occlusion`,`layercam`,...k.methods.map(({name:e})=>e)].find(n=>!e.has(n)&&!(n in t));J.panels.push(N(n??`gradcam`)),J.selected=J.panels.length-1,Y()}async function Pn(){let e=P(J);if(J.picture)try{Ue(await st(J,e,J.picture),`${Fn(e)}.png`)}catch(t){e.refusal=O(t),w()}}var Fn=({method:e,answer:t})=>`${e}_${t?.target.label??``}`,In={picture:()=>void Pn(),numbers:()=>{let e=P(J);e.answer?.raw&&Ue(nt(e.answer.raw),`${Fn(e)}.npy`)},answer:()=>{let e=P(J),t=JSON.stringify({...e.answer,evidence:e.evidence},null,1);Ue(new Blob([t],{type:`application/json`}),`${Fn(e)}.json`)},language:e=>{J.language=e,w()}},Ln={take:e=>void Tn(e),takeSample:e=>void En(e),setOpacity:e=>{J.opacity=e,Y()},addPanel:Nn,ofPanel:Mn},Rn={change:jn,changeParameter:(e,t)=>{let{parameters:n}=P(J);t===``?delete n[e]:n[e]=t,Y()}};function zn(){let e=P(J),{answer:t,times:n}=e,r=Math.min(Cn,A(J.model)?.classes.length??Cn);return g`<div class="explain">
    ${un(J,Ln)}
    <div class="side">
      <section class="card seen" aria-labelledby="seen-title">
        <h2 id="seen-title">What the model sees</h2>
        ${Yt(t?.predictions??[],t?.target.index??null,r,e=>jn(`target`,String(e)))}
        <p class="timing" aria-label="Where the time went">
          ${n.map(([e,t])=>`${e} ${Fe(t)}`).join(` · `)||`\xA0`}
        </p>
      </section>
      ${Tt(J,Rn)}
    </div>
    <div class="below">
      ${Lt(e,{isOn:J.withEvidence,hasPicture:J.picture!==null,turn:e=>{J.withEvidence=e,Y()},again:()=>rt(J)})}
      ${xn(J,In)}
    </div>
    <p class="unseen" id="status" role="status">${Bn()}</p>
  </div>`}function Bn(){let{answer:e}=P(J),t=e?.predictions[0];return!e||!t?``:`${t.label}, ${Pe(t.probability)}. Explained: ${e.target.label}.`}setInterval(()=>{J.panels.some(({asking:e})=>e!==null)&&w()},1e3);var Q={explain:{title:`Explain`,enter:(e,t)=>void kn(e,t),leave:()=>{wn=!1},template:zn}},Vn=document.getElementById(`page`),$=``;function Hn(){let e=je(location.hash),t=e.view in Q?e.view:`explain`;t!==$&&Q[$]?.leave(),$=t;let n=Q[t];document.title=`${n.title} · Vitrine`,n.enter(e.path,e.query),w()}var Un=(e,{title:t})=>g`<a
    href=${e===`explain`?Sn():Me(e)}
    aria-current=${e===$?`page`:v}
    >${t}</a
  >`,Wn=()=>g`<a class="skip" href="#main" @click=${Gn}>Skip to the content</a>
    <header class="head">
      <img src="web/favicon.svg" alt="" width="32" height="32" />
      <span class="brand">Vitrine</span>
      <nav aria-label="Views">
        ${Object.entries(Q).map(([e,t])=>Un(e,t))}
        <a href="docs">HTTP interface</a>
      </nav>
    </header>
    <main id="main" tabindex="-1">
      <h1 class="unseen">Vitrine: ${Q[$]?.title}</h1>
      ${V(k.refusal,()=>void De(Z))}
      ${Q[$]?.template()??v}
    </main>`;function Gn(e){e.preventDefault(),document.getElementById(`main`)?.focus()}function Kn(e){e&&($!==`model`&&(location.hash=Sn()),Tn(e))}document.addEventListener(`paste`,({clipboardData:e})=>Kn(e?.files[0])),document.addEventListener(`dragover`,e=>{e.preventDefault(),Dn(!0)}),document.addEventListener(`dragleave`,({relatedTarget:e})=>{e===null&&Dn(!1)}),document.addEventListener(`drop`,e=>{e.preventDefault(),Dn(!1),Kn(e.dataTransfer?.files[0])}),ve(()=>he(Wn(),Vn)),window.addEventListener(`hashchange`,Hn),Hn(),De(Z);