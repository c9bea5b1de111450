var e=Object.create,t=Object.defineProperty,n=Object.getOwnPropertyDescriptor,r=Object.getOwnPropertyNames,i=Object.getPrototypeOf,a=Object.prototype.hasOwnProperty,o=(e,t)=>()=>(t||(e((t={exports:{}}).exports,t,t.exports),e=null),t.exports),s=(e,i,o,s)=>{if(i&&typeof i==`object`||typeof i==`function`)for(var c=r(i),l=0,u=c.length,d;l<u;l++)d=c[l],!a.call(e,d)&&d!==o&&t(e,d,{get:(e=>i[e]).bind(null,d),enumerable:!(s=n(i,d))||s.enumerable});return e},c=(n,r,o)=>(o=n==null?{}:e(i(n)),s(r||!n||!n.__esModule||!a.call(n,`default`)?t(o,`default`,{value:n,enumerable:!0}):o,n)),l=globalThis,u=e=>e,d=l.trustedTypes,ee=d?d.createPolicy(`lit-html`,{createHTML:e=>e}):void 0,f=`$lit$`,p=`lit$${Math.random().toFixed(9).slice(2)}$`,te=`?`+p,ne=`<${te}>`,m=document,re=()=>m.createComment(``),ie=e=>e===null||typeof e!=`object`&&typeof e!=`function`,ae=Array.isArray,oe=e=>ae(e)||typeof e?.[Symbol.iterator]==`function`,se=`[ 	
\f\r]`,ce=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,le=/-->/g,ue=/>/g,h=RegExp(`>|${se}(?:([^\\s"'>=/]+)(${se}*=${se}*(?:[^ \t\n\f\r"'\`<>=]|("|')|))|$)`,`g`),de=/'/g,fe=/"/g,pe=/^(?:script|style|textarea|title)$/i,me=e=>(t,...n)=>({_$litType$:e,strings:t,values:n}),g=me(1),he=me(2),_=Symbol.for(`lit-noChange`),v=Symbol.for(`lit-nothing`),ge=new WeakMap,y=m.createTreeWalker(m,129);function _e(e,t){if(!ae(e)||!e.hasOwnProperty(`raw`))throw Error(`invalid template strings array`);return ee===void 0?t:ee.createHTML(t)}var ve=(e,t)=>{let n=e.length-1,r=[],i,a=t===2?`<svg>`:t===3?`<math>`:``,o=ce;for(let t=0;t<n;t++){let n=e[t],s,c,l=-1,u=0;for(;u<n.length&&(o.lastIndex=u,c=o.exec(n),c!==null);)u=o.lastIndex,o===ce?c[1]===`!--`?o=le:c[1]===void 0?c[2]===void 0?c[3]!==void 0&&(o=h):(pe.test(c[2])&&(i=RegExp(`</`+c[2],`g`)),o=h):o=ue:o===h?c[0]===`>`?(o=i??ce,l=-1):c[1]===void 0?l=-2:(l=o.lastIndex-c[2].length,s=c[1],o=c[3]===void 0?h:c[3]===`"`?fe:de):o===fe||o===de?o=h:o===le||o===ue?o=ce:(o=h,i=void 0);let d=o===h&&e[t+1].startsWith(`/>`)?` `:``;a+=o===ce?n+ne:l>=0?(r.push(s),n.slice(0,l)+f+n.slice(l)+p+d):n+p+(l===-2?t:d)}return[_e(e,a+(e[n]||`<?>`)+(t===2?`</svg>`:t===3?`</math>`:``)),r]},ye=class e{constructor({strings:t,_$litType$:n},r){let i;this.parts=[];let a=0,o=0,s=t.length-1,c=this.parts,[l,u]=ve(t,n);if(this.el=e.createElement(l,r),y.currentNode=this.el.content,n===2||n===3){let e=this.el.content.firstChild;e.replaceWith(...e.childNodes)}for(;(i=y.nextNode())!==null&&c.length<s;){if(i.nodeType===1){if(i.hasAttributes())for(let e of i.getAttributeNames())if(e.endsWith(f)){let t=u[o++],n=i.getAttribute(e).split(p),r=/([.?@])?(.*)/.exec(t);c.push({type:1,index:a,name:r[2],strings:n,ctor:r[1]===`.`?Ce:r[1]===`?`?we:r[1]===`@`?Te:Se}),i.removeAttribute(e)}else e.startsWith(p)&&(c.push({type:6,index:a}),i.removeAttribute(e));if(pe.test(i.tagName)){let e=i.textContent.split(p),t=e.length-1;if(t>0){i.textContent=d?d.emptyScript:``;for(let n=0;n<t;n++)i.append(e[n],re()),y.nextNode(),c.push({type:2,index:++a});i.append(e[t],re())}}}else if(i.nodeType===8){if(i.data===te)c.push({type:2,index:a});else{let e=-1;for(;(e=i.data.indexOf(p,e+1))!==-1;)c.push({type:7,index:a}),e+=p.length-1}}a++}}static createElement(e,t){let n=m.createElement(`template`);return n.innerHTML=e,n}};function b(e,t,n=e,r){if(t===_)return t;let i=r===void 0?n._$Cl:n._$Co?.[r],a=ie(t)?void 0:t._$litDirective$;return i?.constructor!==a&&(i?._$AO?.(!1),a===void 0?i=void 0:(i=new a(e),i._$AT(e,n,r)),r===void 0?n._$Cl=i:(n._$Co??=[])[r]=i),i!==void 0&&(t=b(e,i._$AS(e,t.values),i,r)),t}var be=class{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:t},parts:n}=this._$AD,r=(e?.creationScope??m).importNode(t,!0);y.currentNode=r;let i=y.nextNode(),a=0,o=0,s=n[0];for(;s!==void 0;){if(a===s.index){let t;s.type===2?t=new xe(i,i.nextSibling,this,e):s.type===1?t=new s.ctor(i,s.name,s.strings,this,e):s.type===6&&(t=new Ee(i,this,e)),this._$AV.push(t),s=n[++o]}a!==s?.index&&(i=y.nextNode(),a++)}return y.currentNode=m,r}p(e){let t=0;for(let n of this._$AV)n!==void 0&&(n.strings===void 0?n._$AI(e[t]):(n._$AI(e,n,t),t+=n.strings.length-2)),t++}},xe=class e{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,n,r){this.type=2,this._$AH=v,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=n,this.options=r,this._$Cv=r?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=b(this,e,t),ie(e)?e===v||e==null||e===``?(this._$AH!==v&&this._$AR(),this._$AH=v):e!==this._$AH&&e!==_&&this._(e):e._$litType$===void 0?e.nodeType===void 0?oe(e)?this.k(e):this._(e):this.T(e):this.$(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==v&&ie(this._$AH)?this._$AA.nextSibling.data=e:this.T(m.createTextNode(e)),this._$AH=e}$(e){let{values:t,_$litType$:n}=e,r=typeof n==`number`?this._$AC(e):(n.el===void 0&&(n.el=ye.createElement(_e(n.h,n.h[0]),this.options)),n);if(this._$AH?._$AD===r)this._$AH.p(t);else{let e=new be(r,this),n=e.u(this.options);e.p(t),this.T(n),this._$AH=e}}_$AC(e){let t=ge.get(e.strings);return t===void 0&&ge.set(e.strings,t=new ye(e)),t}k(t){ae(this._$AH)||(this._$AH=[],this._$AR());let n=this._$AH,r,i=0;for(let a of t)i===n.length?n.push(r=new e(this.O(re()),this.O(re()),this,this.options)):r=n[i],r._$AI(a),i++;i<n.length&&(this._$AR(r&&r._$AB.nextSibling,i),n.length=i)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){let t=u(e).nextSibling;u(e).remove(),e=t}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},Se=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,n,r,i){this.type=1,this._$AH=v,this._$AN=void 0,this.element=e,this.name=t,this._$AM=r,this.options=i,n.length>2||n[0]!==``||n[1]!==``?(this._$AH=Array(n.length-1).fill(new String),this.strings=n):this._$AH=v}_$AI(e,t=this,n,r){let i=this.strings,a=!1;if(i===void 0)e=b(this,e,t,0),a=!ie(e)||e!==this._$AH&&e!==_,a&&(this._$AH=e);else{let r=e,o,s;for(e=i[0],o=0;o<i.length-1;o++)s=b(this,r[n+o],t,o),s===_&&(s=this._$AH[o]),a||=!ie(s)||s!==this._$AH[o],s===v?e=v:e!==v&&(e+=(s??``)+i[o+1]),this._$AH[o]=s}a&&!r&&this.j(e)}j(e){e===v?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??``)}},Ce=class extends Se{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===v?void 0:e}},we=class extends Se{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==v)}},Te=class extends Se{constructor(e,t,n,r,i){super(e,t,n,r,i),this.type=5}_$AI(e,t=this){if((e=b(this,e,t,0)??v)===_)return;let n=this._$AH,r=e===v&&n!==v||e.capture!==n.capture||e.once!==n.once||e.passive!==n.passive,i=e!==v&&(n===v||r);r&&this.element.removeEventListener(this.name,this,n),i&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH==`function`?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},Ee=class{constructor(e,t,n){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=n}get _$AU(){return this._$AM._$AU}_$AI(e){b(this,e)}},De={M:f,P:p,A:te,C:1,L:ve,R:be,D:oe,V:b,I:xe,H:Se,N:we,U:Te,B:Ce,F:Ee},Oe=l.litHtmlPolyfillSupport;Oe?.(ye,xe),(l.litHtmlVersions??=[]).push(`3.3.3`);var ke=(e,t,n)=>{let r=n?.renderBefore??t,i=r._$litPart$;if(i===void 0){let e=n?.renderBefore??null;r._$litPart$=i=new xe(t.insertBefore(re(),e),e,void 0,n??{})}return i._$AI(e),i},x={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},Ae=e=>(...t)=>({_$litDirective$:e,values:t}),je=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,n){this._$Ct=e,this._$AM=t,this._$Ci=n}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}},{I:Me}=De,Ne=e=>e.strings===void 0,Pe={},Fe=(e,t=Pe)=>e._$AH=t,Ie=Ae(class extends je{constructor(){super(...arguments),this.key=v}render(e,t){return this.key=e,t}update(e,[t,n]){return t!==this.key&&(Fe(e),this.key=t),n}}),Le=`gradcam`,Re=0,ze=(e,t={})=>({id:++Re,method:e,parameters:t,asked:``,askedAt:0,asking:null,answer:null,map:null,times:[],refusal:null,measured:``,measuring:null,evidence:null,evidenceRefusal:null,cell:null}),Be=()=>({picture:null,isPictureComing:!1,isPictureMissing:!1,isDragging:!1,pictureRefusal:null,model:``,target:``,versus:``,layer:``,polarity:``,colormap:``,seed:``,opacity:.5,withEvidence:!1,panels:[ze(Le)],selected:0,language:`curl`}),S=({panels:e,selected:t})=>e[t]??e[0],Ve=[`model`,`target`,`versus`,`layer`,`polarity`,`colormap`,`seed`];function He(e){let t=new URLSearchParams,n=(e,n)=>n!==``&&t.set(e,n),{picture:r}=e;r?t.set(`picture`,r.sample??`own`):e.isPictureMissing&&t.set(`picture`,`own`),t.set(`methods`,e.panels.map(({method:e})=>e).join(`,`));for(let t of Ve)n(t,e[t]);return e.opacity!==.5&&t.set(`opacity`,String(e.opacity)),e.withEvidence&&t.set(`evidence`,`1`),e.selected>0&&t.set(`selected`,String(e.selected)),e.panels.forEach(({parameters:e},t)=>{for(let[r,i]of Object.entries(e))n(`${t}.${r}`,i)}),t}function Ue(e,t){for(let n of Ve)t[n]=e.get(n)??``;let n=Number(e.get(`opacity`)??.5);t.opacity=n>=0&&n<=1?n:.5,t.withEvidence=e.get(`evidence`)===`1`;let r=(e.get(`methods`)??``).split(`,`).filter(Boolean).slice(0,4);t.panels=(r.length?r:[Le]).map((n,r)=>{let i=t.panels[r],a=i?.method===n?i:ze(n);return a.parameters=We(e,r),a});let i=Number(e.get(`selected`)??0);t.selected=t.panels[i]?i:0}var We=(e,t)=>Object.fromEntries([...e].filter(([e])=>e.startsWith(`${t}.`)).map(([e,n])=>[e.slice(`${t}.`.length),n])),C=class extends Error{title;code;retrySeconds;constructor({title:e,detail:t,code:n=``,retrySeconds:r=null}){super(t),this.title=e,this.code=n,this.retrySeconds=r}},Ge=()=>new C({title:`The service does not answer`,detail:"Is it still running? If it was started with `make serve`, look at that terminal. The page goes on by itself once the service is back.",code:`no_answer`,retrySeconds:2});function Ke(e,t){let n=Number(e.headers.get(`Retry-After`));return new C({title:t?.title??`Error ${e.status}`,detail:qe(t)??`Something between here and the service answered ${e.status}.`,code:t?.code??``,retrySeconds:n>0?n:null})}function qe(e){switch(e?.code){case`model_not_ready`:return`No worker serves this model at the moment. One that has just been started needs some seconds.`;case`broker_unavailable`:return`The service has lost its Redis and is waiting for it to come back.`;case`image_undecodable`:return`This file is no picture that the service can read: ${e.detail}. JPEG, PNG, WebP, BMP, GIF and TIFF are.`;case`queue_full`:return`Too many requests are waiting at the moment.`;case`deadline_exceeded`:return`${e.detail}. Choose a quicker method, or fewer passes in its settings.`;case`fields_invalid`:return(e.errors??[]).map(({pointer:e,detail:t})=>`${e.replace(/^\//,``)}: ${t}`).join(`; `);default:return e?.detail}}async function w(e,t={}){let n=await Qe(e,{...t,headers:{Accept:`application/json`,...t.headers}}),r=n.status===204?null:await n.json().catch(()=>void 0);if(n.ok&&r!==void 0)return{body:r,times:$e(n.headers.get(`Server-Timing`)??``),status:n.status};throw Ke(n,r??null)}function Je(e,t,{sent:n,signal:r}){let i=new XMLHttpRequest;return i.open(`POST`,e),i.setRequestHeader(`Accept`,`application/json`),r.addEventListener(`abort`,()=>i.abort()),new Promise((e,r)=>{i.upload.onprogress=({loaded:e,total:t})=>n(t>0?e/t:0),i.onerror=()=>r(Ge()),i.onabort=()=>r(new DOMException(`given up`,`AbortError`)),i.onload=()=>{let t=i.status>=200&&i.status<300,n=Ye(i.responseText);t&&n!==null?e(n):r(Ke(Xe(i),n))},i.send(t)})}function Ye(e){try{return JSON.parse(e)}catch{return null}}var Xe=e=>new Response(null,{status:e.status,headers:{"Retry-After":e.getResponseHeader(`Retry-After`)??``}});async function Ze(e,t={}){let n=await Qe(e,t);if(n.ok)return n.blob();throw Ke(n,await n.json().catch(()=>null))}async function Qe(e,t){try{return await fetch(e,t)}catch(e){throw T(e)?e:Ge()}}var T=e=>e instanceof DOMException&&e.name===`AbortError`;function E(e){if(e instanceof C)return e;throw e}var $e=e=>[...e.matchAll(/([\w-]+);dur=([\d.]+)/g)].map(([,e=``,t])=>[e,Number(t)]);function et(e,t){let n=new FormData;n.append(`image`,e.blob,e.name);for(let[e,r]of Object.entries(t))r!==``&&n.append(e,r);return n}function tt(e){let t=Object.entries(e).filter(([,e])=>e!==``);return t.length===0?``:`?${new URLSearchParams(t)}`}var nt=[{name:`cat`,title:`A cat`,file:`web/samples/cat.jpg`,credit:`Chelsea, photographed by Stéfan van der Walt (CC0)`},{name:`drawn-cat`,title:`A drawn cat`,file:`web/samples/drawn-cat.jpg`,credit:`Drawn for Vitrine`},{name:`drawn-dog`,title:`A drawn dog`,file:`web/samples/drawn-dog.jpg`,credit:`Drawn for Vitrine`}],rt=`vitrine.picture`,it=e=>({blob:e,name:e.name||`picture.png`,address:URL.createObjectURL(e),sample:null,isKept:null});async function at(e){e.isKept=lt(e.name,await dt(e.blob))}async function ot(e){let t=nt.find(t=>t.name===e);if(!t)return null;let n=await Ze(t.file);return{blob:n,name:t.file.replace(/.*\//,``),address:URL.createObjectURL(n),sample:e,isKept:!0}}function st(){let e=ct();if(e===null)return null;let{name:t,dataUrl:n}=JSON.parse(e),[r=``,i=``]=n.split(`,`,2),a=Uint8Array.from(atob(i),e=>e.charCodeAt(0)),o=new Blob([a],{type:/data:([^;]*)/.exec(r)?.[1]??``});return{blob:o,name:t,address:URL.createObjectURL(o),sample:null,isKept:!0}}function ct(){try{return sessionStorage.getItem(rt)}catch{return null}}function lt(e,t){try{return sessionStorage.setItem(rt,JSON.stringify({name:e,dataUrl:t})),!0}catch{return ut(),!1}}function ut(){try{sessionStorage.removeItem(rt)}catch{}}function dt(e){return new Promise((t,n)=>{let r=new FileReader;r.onload=()=>t(String(r.result)),r.onerror=()=>n(r.error??Error(`the file cannot be read`)),r.readAsDataURL(e)})}var ft=()=>void 0,pt=!1;function mt(e){ft=e}function D(){pt||(pt=!0,queueMicrotask(()=>{pt=!1,ft()}))}var O={models:[],defaultModel:``,methods:[],details:new Map,layers:new Map,refusal:null,isReady:!1},ht=2;async function gt(e){try{let[e,t]=await Promise.all([w(`models`),w(`methods`)]);O.models=e.body.models,O.defaultModel=e.body.default,O.methods=t.body.methods,O.refusal=O.models.some(({ready:e})=>e)?null:_t(),O.isReady=O.refusal===null}catch(e){if(!(e instanceof C))throw e;O.refusal=e}if(D(),O.isReady)e();else{let t=O.refusal?.retrySeconds??ht;setTimeout(()=>void gt(e),t*1e3)}}var _t=()=>new C({title:`The service is starting`,detail:`No worker is ready yet. This takes some seconds; the page goes on by itself.`,code:`no_worker`,retrySeconds:ht});async function vt(e){if(!e||O.layers.has(e))return;let t=`models/${encodeURIComponent(e)}`,[n,r]=await Promise.all([w(t),w(`${t}/layers`)]);O.details.set(e,n.body),O.layers.set(e,r.body.layers),D()}var yt=()=>O.models.find(({name:e})=>e===O.defaultModel)?.name??O.models[0]?.name??``,k=e=>O.models.find(t=>t.name===e),bt=e=>O.methods.find(t=>t.name===e);function xt(e){let[t=``,n=``]=e.replace(/^#\/?/,``).split(`?`,2),[r=``,...i]=t.split(`/`).map(decodeURIComponent);return{view:r||`explain`,path:i,query:new URLSearchParams(n)}}function A(e,t=[],n=new URLSearchParams){let r=[e,...t].map(encodeURIComponent).join(`/`),i=n.toString().replaceAll(`%2C`,`,`).replaceAll(`%2F`,`/`);return`#/${r}${i?`?${i}`:``}`}function St(e){location.hash!==e&&history.replaceState(null,``,e)}function Ct(e){let t=(e*100).toFixed(1);return e<5e-4?`< 0.1 %`:e<1&&t===`100.0`?`> 99.9 %`:`${t} %`}function wt(e){return e<10?`${e.toFixed(1)} ms`:e<1e3?`${Math.round(e)} ms`:`${(e/1e3).toFixed(1)} s`}function Tt(e){let t=Math.max(0,Math.round(e));if(t<90)return`${t} s`;let n=Math.round(t/60);return n<90?`${n} min`:`${Math.floor(n/60)} h ${n%60} min`}function j(e,t=new Date){let n=new Date(e),r=n.toDateString()===t.toDateString(),i={hour:`2-digit`,minute:`2-digit`};return n.toLocaleString(void 0,r?i:{...i,day:`numeric`,month:`short`})}function Et(e){return e<1e3?`${e} B`:e<1e6?`${Math.round(e/1e3)} kB`:e<1e9?`${(e/1e6).toFixed(1)} MB`:`${(e/1e9).toFixed(1)} GB`}var M=e=>Number.isFinite(e)?String(Number(e.toPrecision(4))):`not finite`,N=e=>e.toLocaleString(`en`),Dt=e=>e.length===0?`–`:e.map(e=>e??`?`).join(` × `),Ot=e=>e.replaceAll(/[_-]/g,` `),P=e=>{let t=Ot(e);return t.charAt(0).toUpperCase()+t.slice(1)},kt=1500,At=e=>async t=>{let n=t.currentTarget,r=await jt(e())?`Copied`:`Not copied`;n.dataset.said=r,setTimeout(()=>delete n.dataset.said,kt)};async function jt(e){try{return await navigator.clipboard.writeText(e),!0}catch{return Mt(e)}}function Mt(e){let t=document.createElement(`textarea`);t.value=e,t.className=`unseen`,document.body.append(t),t.select();let n=document.execCommand(`copy`);return t.remove(),n}function Nt(e,t){let n=document.createElement(`a`);n.href=URL.createObjectURL(e),n.download=t,n.click(),setTimeout(()=>URL.revokeObjectURL(n.href),1e4)}var Pt=4;function Ft({b64:e,dtype:t,shape:n}){let[r=0,i=0]=n;if(t!==`float32`||n.length!==2)throw TypeError(`a map of ${t} [${n.join(`, `)}]`);let a=Uint8Array.from(atob(e),e=>e.charCodeAt(0)),o=new DataView(a.buffer),s=Float32Array.from({length:r*i},(e,t)=>o.getFloat32(t*Pt,!0));return{rows:r,columns:i,values:s,largest:s.reduce((e,t)=>Math.max(e,Math.abs(t)),0)}}var It=(e,{row:t,column:n})=>e.values[t*e.columns+n]??NaN;function Lt(e,t,n){return t<0||n<0||t>=1||n>=1?null:{row:Math.floor(n*e.rows),column:Math.floor(t*e.columns)}}function Rt(e,t,n,r){let i=(e,t)=>Math.min(t-1,Math.max(0,e));return{row:i(t.row+n,e.rows),column:i(t.column+r,e.columns)}}function zt({b64:e,shape:t}){let n=`{'descr': '<f4', 'fortran_order': False, 'shape': (${t.length===1?`${t[0]},`:t.join(`, `)}), }`,r=n.padEnd(Math.ceil((n.length+11)/64)*64-11)+`
`,i=new Uint8Array(10+r.length);i.set([147,78,85,77,80,89,1,0,r.length&255,r.length>>8]),i.set(new TextEncoder().encode(r),10);let a=Uint8Array.from(atob(e),e=>e.charCodeAt(0));return new Blob([i,a],{type:`application/octet-stream`})}function Bt(e,t){let n=bt(t.method);return{model:e.model,target:e.target,versus:e.versus,layer:n?.uses_layer?e.layer:``,seed:n?.uses_seed?e.seed:``,polarity:e.polarity,colormap:e.colormap,...t.parameters}}function Vt(e){let{picture:t}=e;if(!t||!O.isReady||!e.model)return;for(let n of e.panels)Ut(e,n,t);let n=S(e);e.withEvidence&&Wt(e,n,t)}function Ht(e){for(let t of e.panels)t.refusal&&(t.asked=``),t.evidenceRefusal&&(t.measured=``);Vt(e)}async function Ut(e,t,n){let r={...Bt(e,t),outputs:`overlay,raw`,opacity:`1`},i=JSON.stringify([n.address,t.method,r]);if(i===t.asked)return;t.asking?.abort();let a=new AbortController;Object.assign(t,{asked:i,asking:a,askedAt:performance.now(),refusal:null}),D();try{let{body:e,times:i}=await w(qt(t),{method:`POST`,body:et(n,r),signal:a.signal});t.map=e.raw?Ft(e.raw):null,Object.assign(t,{answer:e,times:i,cell:null})}catch(n){if(T(n))return;t.refusal=E(n),Object.assign(t,{answer:null,map:null,cell:null}),Gt(e,t)}t.asking=null,D()}async function Wt(e,t,n){let r={...Bt(e,t),outputs:`box`,evidence:`true`},i=JSON.stringify([n.address,t.method,r]);if(i===t.measured||t.method===`auto`)return;t.measuring?.abort();let a=new AbortController;Object.assign(t,{measured:i,measuring:a,evidence:null,evidenceRefusal:null}),D();try{let{body:e}=await w(qt(t),{method:`POST`,body:et(n,r),signal:a.signal});t.evidence=e.evidence??null}catch(e){if(T(e))return;t.evidenceRefusal=E(e)}t.measuring=null,D()}function Gt(e,t){let{refusal:n,asked:r}=t;n?.retrySeconds!=null&&setTimeout(()=>{t.asked===r&&t.refusal===n&&(t.asked=``,Vt(e))},n.retrySeconds*1e3)}var Kt=(e,t,n)=>Ze(qt(t),{method:`POST`,headers:{Accept:`image/png`},body:et(n,{...Bt(e,t),outputs:`overlay`,opacity:String(e.opacity)})}),qt=e=>`explain/${encodeURIComponent(e.method)}`,Jt=Ae(class extends je{constructor(e){if(super(e),e.type!==x.PROPERTY&&e.type!==x.ATTRIBUTE&&e.type!==x.BOOLEAN_ATTRIBUTE)throw Error("The `live` directive is not allowed on child or event bindings");if(!Ne(e))throw Error("`live` bindings can only contain a single expression")}render(e){return e}update(e,[t]){if(t===_||t===v)return t;let n=e.element,r=e.name;if(e.type===x.PROPERTY){if(t===n[r])return _}else if(e.type===x.BOOLEAN_ATTRIBUTE){if(!!t===n.hasAttribute(r))return _}else if(e.type===x.ATTRIBUTE&&n.getAttribute(r)===t+``)return _;return Fe(e),t}}),Yt=e=>e.target.value,Xt=(e,t)=>e.map(({value:e,text:n,isOff:r=!1})=>g`<option value=${e} .selected=${Jt(e===t)} ?disabled=${r}>
        ${n}
      </option>`),F=({id:e,label:t,value:n,hint:r,isOff:i=!1,change:a,choices:o})=>g`<div class="field">
    <label for=${e}>${t}</label>
    <select
      id=${e}
      ?disabled=${i}
      aria-describedby=${r===void 0?v:`${e}-hint`}
      @change=${e=>a(Yt(e))}
    >
      ${Xt(o,n)}
    </select>
    ${Qt(e,r)}
  </div>`,Zt=({id:e,label:t,value:n,hint:r,isOff:i=!1,change:a,type:o=`text`,placeholder:s=``,min:c,max:l,step:u})=>g`<div class="field">
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
      @change=${e=>a(Yt(e))}
      @input=${e=>o===`search`&&a(Yt(e))}
    />
    ${Qt(e,r)}
  </div>`,Qt=(e,t)=>t===void 0?v:g`<p class="hint" id="${e}-hint">${t}</p>`,$t=e=>e?.properties??{},en=e=>({...e.anyOf?.find(({type:e})=>e!==`null`),...e}),tn=e=>{let{default:t}=e;return t==null?`automatic`:Array.isArray(t)?t.length===0?`none`:t.join(`, `):String(t)},nn=(e,t,n,r)=>Object.entries(e).map(([e,i])=>an(e,en(i),t[e]??``,t=>n(e,t),r)),rn=e=>({true:`yes`,false:`no`})[e]??e;function an(e,t,n,r,i){let a={id:`${i}-${e}`,label:P(e),hint:(t.description??``).replaceAll(/\s+/g,` `).replaceAll("`",``).trim(),value:n,change:r},o=tn(t),s=!t.anyOf?.some(({type:e})=>e===`array`),c=t.type===`boolean`?[`true`,`false`]:t.enum;if(c&&s){let e=c.filter(e=>e!==o),t=[{value:``,text:rn(o)},...e.map(e=>({value:e,text:rn(e)}))];return g`${F({...a,choices:t})}`}return t.type!==`integer`&&t.type!==`number`?g`${Zt({...a,placeholder:o})}`:g`${Zt({...a,type:`number`,placeholder:o,min:t.minimum??t.exclusiveMinimum,max:t.maximum??t.exclusiveMaximum,step:t.type===`integer`?`1`:`any`})}`}var on=[`jet`,`turbo`,`viridis`,`inferno`,`magma`,`plasma`,`cividis`,`hot`,`gray`,`coolwarm`,`RdBu_r`,`seismic`,`bwr`],sn=[{value:``,text:`automatic`},{value:`positive`,text:`for the class`},{value:`negative`,text:`against it`},{value:`both`,text:`both`}];function cn(e,t){let n=bt(S(e).method),r=(n,r,i,a)=>F({id:n,label:r,value:e[n],choices:i,change:e=>t.change(n,e),...a===void 0?{}:{hint:a}});return g`<form
    class="card choices"
    aria-label="What to explain, and how"
    @submit=${e=>e.preventDefault()}
  >
    ${r(`model`,`Model`,un(),dn(e.model))}
    ${r(`target`,`Class to explain`,[{value:``,text:`the most probable`},...fn(e.model)])}
    ${r(`versus`,`Rather than`,[{value:``,text:`nothing in particular`},...fn(e.model).map(t=>({...t,isOff:t.value===e.target}))])}
    <div class="pair">
      ${r(`polarity`,`Evidence`,sn)}
      ${r(`colormap`,`Colours`,[{value:``,text:`automatic`},...on.map(e=>({value:e,text:e}))])}
    </div>
    ${F({id:`layer`,label:`Layer`,value:n?.uses_layer?e.layer:``,choices:pn(e.model,n?.uses_layer??!1),isOff:!n?.uses_layer,change:e=>t.change(`layer`,e)})}
    ${ln(e,t)}
  </form>`}function ln(e,t){let n=S(e),r=bt(n.method);if(!r)return v;let i=$t(r.parameters),a=Object.keys(i).length>0||r.uses_seed;return g`<div class="method-about">
      <h2>${r.title}</h2>
      <p class="hint">${r.summary}</p>
      <p class="hint">Costs ${r.cost}.</p>
    </div>
    ${a?g`<details class="own" ?open=${Object.keys(n.parameters).length>0}>
          <summary>Settings of ${r.title}</summary>
          ${nn(i,n.parameters,t.changeParameter,`own`)}
          ${r.uses_seed?Zt({id:`seed`,label:`Seed`,type:`number`,value:e.seed,placeholder:`0`,min:0,step:`1`,hint:`Of everything random: the same seed, the same map.`,change:e=>t.change(`seed`,e)}):v}
        </details>`:v}`}var un=()=>O.models.map(({name:e,ready:t})=>({value:e,text:t?e:`${e} (away)`}));function dn(e){let t=k(e);if(!t)return`\xA0`;let[n,r]=t.input_shape;return t.ready?`${N(t.classes.length)} classes, ${r} × ${n} pixels`:`not hosted by any worker at the moment`}var fn=e=>(k(e)?.classes??[]).map((e,t)=>({value:String(t),text:e}));function pn(e,t){if(!t)return[{value:``,text:`this method looks at none`}];let n=O.details.get(e)?.default_layer,r=(O.layers.get(e)??[]).filter(({explainable:e})=>e);return[{value:``,text:n?`the last map (${n})`:`the last map`},...r.map(({name:e,output_shape:t})=>({value:e,text:`${e} · ${t.slice(0,2).join(` × `)}`})).reverse()]}var mn=new Set([`no_worker`]),I=(e,t=null)=>e===null?v:g`<div class="note ${mn.has(e.code)?``:`is-error`}" role="alert">
        <strong>${e.title}</strong>
        <span>${_n(e.message)}</span>
        ${e.retrySeconds!==null&&t?g`<button class="plain" type="button" @click=${t}>Try again</button>`:v}
      </div>`,hn=(e,t)=>g`<div class="note"><strong>${e}</strong><span>${_n(t)}</span></div>`,gn=(e,t)=>g`<p class="working">
    <span class="spinner" aria-hidden="true"></span>
    <span>${e}${t<2?``:` ${Math.floor(t)} s`}</span>
  </p>`,_n=e=>{let t=e.charAt(0).toUpperCase()+e.slice(1);return/[.?!…:]$/.test(t)?t:`${t}.`},vn={supported:`Nothing that was measured speaks against this map.`,mixed:`Something speaks against this map, but nothing decisive: read the reasons.`,unsupported:`A decisive reason speaks against this map. Do not argue with it.`,untested:`Nothing could be measured.`},yn={supported:`✓`,mixed:`~`,unsupported:`✕`,untested:`?`},bn=[[`insertion`,`Score as the marked pixels come in; more is better`,`random_insertion`],[`deletion`,`Score as the marked pixels go; less is better`,`random_deletion`],[`score_drop`,`Part of the score lost where only the marked is seen`,null],[`completeness_gap`,`Part of the score that the map leaves open`,null],[`noise_stability`,`Likeness to the maps of noisy copies`,null],[`randomized_similarity`,`Likeness to the map of a network with random last weights`,null]],xn=(e,t)=>g`<section class="card evidence" aria-labelledby="evidence-title">
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
    <div class="card-body" aria-live="polite">${Sn(e,t)}</div>
  </section>`;function Sn(e,{isOn:t,hasPicture:n,again:r}){return e.answer?.ranking?En(e.answer.ranking,e.answer.chosen??``):t?n?e.evidenceRefusal?I(e.evidenceRefusal,r):e.evidence?wn(e.evidence):g`<p class="quiet"><span class="spinner" aria-hidden="true"></span> Measuring …</p>`:g`<p class="quiet">Choose a picture first.</p>`:g`<p class="quiet">
      A map can look right and be wrong. Measuring covers the picture along the map, adds noise and
      draws weights anew, with the very model that the map explains: some 130 passes more.
    </p>`}var Cn=e=>g`<span class="badge is-${e}"
    ><span aria-hidden="true">${yn[e]}</span> ${P(e)}</span
  >`,wn=e=>g`<p class="verdict">${Cn(e.verdict)} ${vn[e.verdict]}</p>
    <ul class="reasons">
      ${e.reasons.map(({speaks_for:e,is_decisive:t,detail:n})=>g`<li class=${e?`speaks-for`:`speaks-against`}>
            <span class="sign" aria-hidden="true">${e?`+`:`−`}</span>
            <span
              ><span class="unseen">${e?`For: `:`Against: `}</span>${_n(n)}
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
          ${bn.map(([t,n,r])=>g`<tr>
                <th scope="row">${n}</th>
                <td>${Tn(e[t])}</td>
                <td>${r?Tn(e[r]):``}</td>
              </tr>`)}
        </tbody>
      </table>
    </details>`,Tn=e=>typeof e==`number`?M(e):`–`,En=(e,t)=>g`<p>The methods competed on this picture; the map shown is the best one's.</p>
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
              <th scope="row">${bt(e.method)?.title??e.method}</th>
              <td>${Cn(e.verdict)}</td>
              <td>${Tn(e.insertion)}</td>
              <td>${Tn(e.deletion)}</td>
            </tr>`)}
      </tbody>
    </table>`,Dn=42,On=(e,t,n,r)=>e.length===0?g`<p class="quiet predictions" .style=${`min-height:${n*Dn}px`}>
        The most probable classes will stand here.
      </p>`:g`<ol class="predictions">
        ${e.map(e=>kn(e,e.index===t,r))}
      </ol>`,kn=({index:e,label:t,probability:n,logit:r},i,a)=>g`<li>
    <button
      class="prediction"
      type="button"
      title="Explain ${t}${r==null?``:` (logit ${r.toFixed(2)})`}"
      aria-pressed=${String(i)}
      @click=${()=>a(e)}
    >
      <span class="part" .style=${`width:${n*100}%`}></span>
      <span class="label">${t}</span>
      <span class="percent">${Ct(n)}</span>
    </button>
  </li>`,An={positive:`What speaks for`,negative:`What speaks against`,both:`What speaks for and against`};function jn(e){if(!e)return`What the model looks at`;let t=e.versus?` rather than “${e.versus.label}”`:``;return`${An[String(e.parameters.polarity)]??`What the model looks at for`} “${e.target.label}”${t}`}var Mn=(e,t,n,r)=>{let{answer:i,asking:a,askedAt:o}=t,s=e.panels.length===1,c=n===e.selected&&!s,l=bt(t.method)?.title??t.method;return g`<figure
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
        ${Xt(Nn(e.model),t.method)}
      </select>
      ${s?v:g`<button class="icon" type="button" aria-label="Remove ${l}" @click=${r.remove}>
            ✕
          </button>`}
    </div>
    <div
      class="frame explained"
      role="img"
      tabindex=${t.map?0:v}
      aria-label="${l}: ${jn(i)}, as colours over the picture. Arrow keys read its values."
      aria-busy=${String(a!==null)}
      @pointermove=${e=>Ln(t,e)}
      @pointerdown=${e=>Ln(t,e)}
      @pointerleave=${()=>Bn(t,null)}
      @keydown=${e=>zn(t,e)}
      @blur=${()=>Bn(t,null)}
    >
      ${e.picture?g`<img src=${e.picture.address} alt="" @error=${Vn} @load=${Hn} />`:v}
      ${i?.overlay&&!t.refusal?g`<img
            class="colours ${a?`is-old`:``}"
            src="data:image/png;base64,${i.overlay}"
            alt=""
            .style=${`opacity:${e.opacity}`}
          />`:v}
      ${t.cell&&t.map&&i?In(t.cell,t.map,i.image):v}
      ${a?gn(`${l} …`,(performance.now()-o)/1e3):v}
    </div>
    <figcaption title=${jn(i)}>${jn(i)}</figcaption>
    <p class="readout" aria-live="polite">${Pn(t)}</p>
    ${I(t.refusal,r.again)}
    ${(i?.warnings??[]).map(({detail:e})=>hn(`This map explains nothing`,e))}
  </figure>`};function Nn(e){let t=O.details.get(e)?.unsupported??{};return O.methods.map(({name:e,title:n})=>({value:e,text:e in t?`${n} (not for this model)`:n,isOff:e in t}))}function Pn({cell:e,map:t,answer:n}){if(!t||!n)return`\xA0`;if(!e){let{min:e,max:r}=n.range;return`${t.columns} × ${t.rows} values, ${M(e??NaN)} to ${M(r??NaN)}`}let r=It(t,e),i=t.largest>0?` · ${Math.round(r/t.largest*100)} % of the largest`:``;return`${M(r)}${i} · row ${e.row+1}, column ${e.column+1}`}function Fn({width:e,height:t}){let n=Math.max(e,t),[r,i]=[e/n,t/n];return{left:(1-r)/2,top:(1-i)/2,across:r,down:i}}function In({row:e,column:t},n,r){let{left:i,top:a,across:o,down:s}=Fn(r),[c,l]=[o/n.columns,s/n.rows],u=e=>`${e*100}%`;return g`<span
    class="marker"
    .style=${`left:${u(i+t*c)};top:${u(a+e*l)};width:${u(c)};height:${u(l)}`}
  ></span>`}function Ln(e,t){if(!e.map||!e.answer)return;let n=t.currentTarget.getBoundingClientRect(),{left:r,top:i,across:a,down:o}=Fn(e.answer.image),s=((t.clientX-n.left)/n.width-r)/a,c=((t.clientY-n.top)/n.height-i)/o;Bn(e,Lt(e.map,s,c))}var Rn={ArrowUp:[-1,0],ArrowDown:[1,0],ArrowLeft:[0,-1],ArrowRight:[0,1]};function zn(e,t){let n=Rn[t.key];if(!n||!e.map)return;t.preventDefault();let{rows:r,columns:i}=e.map,a={row:Math.floor(r/2),column:Math.floor(i/2)};Bn(e,e.cell?Rt(e.map,e.cell,...n):a)}function Bn(e,t){(e.cell?.row!==t?.row||e.cell?.column!==t?.column)&&(e.cell=t,D())}var Vn=e=>e.target.hidden=!0,Hn=e=>e.target.hidden=!1,Un=(e,t)=>g`<section class="stage card" id="stage" aria-label="Picture and explanation">
    <input
      class="hidden-input"
      id="file"
      type="file"
      accept="image/*"
      aria-label="Choose a picture"
      @change=${e=>Gn(e.target,t)}
    />
    ${Wn(e)&&!e.isDragging?v:Kn(e,t)}
    ${Wn(e)?Jn(e,t):v}
    ${I(e.pictureRefusal)}
  </section>`,Wn=({picture:e,isPictureComing:t})=>e!==null||t;function Gn(e,{take:t}){t(e.files?.[0]),e.value=``}var Kn=(e,t)=>g`<div class="drop ${Wn(e)?`is-over`:``} ${e.isDragging?`is-dragging`:``}">
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
    <div class="samples">${qn(null,t)}</div>
  </div>`,qn=(e,{takeSample:t})=>nt.map(({name:n,title:r,file:i,credit:a})=>g`<button
        class="sample"
        type="button"
        title="${r}: ${a}"
        aria-pressed=${String(n===e)}
        @click=${()=>t(n)}
      >
        <img src=${i} alt="" width="72" height="72" /><span>${r}</span>
      </button>`),Jn=(e,t)=>g`<div class="panels has-${e.panels.length}">
      <figure class="panel sent">
        <div class="panel-head"><label class="button plain" for="file">Another picture</label></div>
        <div class="frame">
          ${e.picture?g`<img src=${e.picture.address} alt="The picture" />`:v}
        </div>
        <figcaption title=${e.picture?.name??``}>${e.picture?.name??`\xA0`}</figcaption>
        <p class="readout">${Yn(e)}</p>
      </figure>
      ${e.panels.map((n,r)=>Mn(e,n,r,t.ofPanel(r)))}
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
      ${qn(e.picture?.sample??null,t)}
    </div>`;function Yn({picture:e}){if(!e)return``;let t=nt.find(({name:t})=>t===e.sample);return t?t.credit:e.isKept===null?`\xA0`:e.isKept?`Kept in this tab only`:`Too large to outlive a reload`}var Xn=e=>new URL(e,document.baseURI.split(`#`)[0]).href,Zn=e=>Object.entries(e).filter(([,e])=>e!==``),Qn=e=>/^[\w./:@=,-]+$/.test(e)?e:`'${e.replaceAll(`'`,`'\\''`)}'`;function $n({method:e,fileName:t,fetchFrom:n,fields:r}){let i=[`curl -H 'Accept: image/png'`,`-F ${Qn(`image=@${t}`)}`,...Zn(r).map(([e,t])=>`-F ${Qn(`${e}=${t}`)}`),`-o overlay.png`,Qn(Xn(`explain/${e}`))].join(` \\
  `);return((n&&`curl ${Qn(Xn(n))} -o ${Qn(t)}\n`)??``)+i}function er({method:e,fileName:t,fetchFrom:n,fields:r}){let i=Zn({...r,outputs:`overlay,raw`}).map(([e,t])=>`    ${JSON.stringify(e)}: ${JSON.stringify(t)},`);return[`import base64`,`from pathlib import Path`,``,`import httpx`,`import numpy as np`,``,`picture = ${n?`httpx.get(${JSON.stringify(Xn(n))}).content`:`Path(${JSON.stringify(t)}).read_bytes()`}`,`options = {`,...i,`}`,`answer = httpx.post(`,`    ${JSON.stringify(Xn(`explain/${e}`))},`,`    files={"image": (${JSON.stringify(t)}, picture)}, data=options, timeout=300,`,`).raise_for_status().json()`,`Path("overlay.png").write_bytes(base64.b64decode(answer["overlay"]))`,`raw = answer["raw"]`,`values = np.frombuffer(base64.b64decode(raw["b64"]), raw["dtype"]).reshape(raw["shape"])`,`print(answer["target"], values.max())`].join(`
`)}var tr=[[`curl`,`curl`],[`python`,`Python`]];function nr(e){let t=S(e),n=nt.find(({name:t})=>t===e.picture?.sample);return{method:t.method,fileName:e.picture?.name??`photo.jpg`,fetchFrom:n?.file??null,fields:e.picture?{...Bt(e,t),outputs:`overlay`,opacity:String(e.opacity)}:{}}}function rr(e,t){let{answer:n}=S(e),r=(e.language===`curl`?$n:er)(nr(e)),i=e.picture!==null&&e.picture.sample===null;return g`<section class="card calls" aria-labelledby="calls-title">
    <div class="card-head">
      <h2 id="calls-title">To take along</h2>
      <div class="buttons">
        ${ir(`save-picture`,`Picture`,`Save the overlay as PNG`,t.picture,!n)}
        ${ir(`save-numbers`,`Numbers`,`Save the map for numpy.load`,t.numbers,!n)}
        ${ir(`save-answer`,`Answer`,`Save all that was answered, as JSON`,t.answer,!n)}
        ${ir(`copy-link`,`Link`,`Copy the address of this view`,At(()=>location.href),!e.picture)}
      </div>
    </div>
    <p class="hint" id="link-hint">
      ${i?`Your picture never leaves this tab but for the service: the link carries every choice, and whoever opens it adds a picture.`:`The link shows others the same view.`}
    </p>
    <div class="card-head">
      <h3>The same from a program</h3>
      <div class="buttons">
        ${tr.map(([n,r])=>g`<button
              class="plain"
              type="button"
              aria-pressed=${String(e.language===n)}
              @click=${()=>t.language(n)}
            >
              ${r}
            </button>`)}
        ${ir(`copy`,`Copy`,`Copy the call`,At(()=>r),!1)}
      </div>
    </div>
    <pre tabindex="0" role="region" aria-label="The call"><code id="call">${r}</code></pre>
  </section>`}var ir=(e,t,n,r,i)=>g`<button class="plain" type="button" id=${e} title=${n} ?disabled=${i} @click=${r}>
    ${t}
  </button>`,L=Be(),ar=()=>A(`explain`,[],He(L)),or=5,sr=!1,cr=[];function lr(e){cr.push(e)}function R(){Vt(L),D(),sr&&St(ar())}async function ur(e){if(!e)return;let t=it(e);pr(t),await at(t),D()}async function dr(e,t=!1){L.isPictureComing=!0,D();try{let n=await ot(e);L.isPictureComing=!1,n&&pr(n,t)}catch(e){L.isPictureComing=!1,L.pictureRefusal=E(e)}D()}function fr(e){L.isDragging!==e&&(L.isDragging=e,D())}function pr(e,t=L.isPictureMissing){L.picture&&URL.revokeObjectURL(L.picture.address),Object.assign(L,{picture:e,isPictureMissing:!1,pictureRefusal:null}),t||Object.assign(L,{target:``,versus:``});for(let e of L.panels)mr(e);R();for(let e of cr)e()}function mr(e){Object.assign(e,{answer:null,map:null,evidence:null,refusal:null,cell:null,asked:``,measured:``,times:[]})}async function hr(e,t){sr=!0,t.size>0&&(Ue(t,L),await gr(t.get(`picture`))),_r(),R()}async function gr(e){if(e===null||e===(L.picture?.sample??(L.picture&&`own`)))return;if(e!==`own`){await dr(e,!0);return}let t=st();t?pr(t,!0):L.isPictureMissing=!0}function _r(){if(!O.isReady)return;k(L.model)||(L.model=yt());let e=k(L.model)?.classes??[];for(let t of[`target`,`versus`]){let n=e.indexOf(L[t]);n>=0&&(L[t]=String(n))}vt(L.model).catch(()=>setTimeout(_r,2e3)),Vt(L)}function vr(e,t){Object.assign(L,{[e]:t}),e===`model`&&(Object.assign(L,{target:``,versus:``,layer:``}),_r()),e===`target`&&L.versus===t&&(L.versus=``),R()}var yr=e=>({choose:t=>{let n=L.panels[e];n?.asking?.abort(),n?.measuring?.abort();let r=ze(t);n&&Object.assign(r,{answer:n.answer}),L.panels[e]=r,R()},select:()=>{L.selected!==e&&(L.selected=e,R())},remove:()=>{L.panels[e]?.asking?.abort(),L.panels.splice(e,1),L.selected=Math.min(L.selected,L.panels.length-1),R()},again:()=>Ht(L)});function br(){let e=new Set(L.panels.map(({method:e})=>e)),t=O.details.get(L.model)?.unsupported??{},n=[`saliency`,`integrated-gradients`,`occlusion`,`layercam`,...O.methods.map(({name:e})=>e)].find(n=>!e.has(n)&&!(n in t));L.panels.push(ze(n??`gradcam`)),L.selected=L.panels.length-1,R()}async function xr(){let e=S(L);if(L.picture)try{Nt(await Kt(L,e,L.picture),`${Sr(e)}.png`)}catch(t){e.refusal=E(t),D()}}var Sr=({method:e,answer:t})=>`${e}_${t?.target.label??``}`,Cr={picture:()=>void xr(),numbers:()=>{let e=S(L);e.answer?.raw&&Nt(zt(e.answer.raw),`${Sr(e)}.npy`)},answer:()=>{let e=S(L),t=JSON.stringify({...e.answer,evidence:e.evidence},null,1);Nt(new Blob([t],{type:`application/json`}),`${Sr(e)}.json`)},language:e=>{L.language=e,D()}},wr={take:e=>void ur(e),takeSample:e=>void dr(e),setOpacity:e=>{L.opacity=e,R()},addPanel:br,ofPanel:yr},Tr={change:vr,changeParameter:(e,t)=>{let{parameters:n}=S(L);t===``?delete n[e]:n[e]=t,R()}};function Er(){if(!O.isReady&&!O.refusal)return g``;let e=S(L),{answer:t,times:n}=e,r=Math.min(or,k(L.model)?.classes.length??or);return g`<div class="explain">
    ${Un(L,wr)}
    <div class="side">
      <section class="card seen" aria-labelledby="seen-title">
        <h2 id="seen-title">What the model sees</h2>
        ${On(t?.predictions??[],t?.target.index??null,r,e=>vr(`target`,String(e)))}
        <p class="timing">
          <span class="unseen">Where the time went:</span>
          ${n.map(([e,t])=>`${e} ${wt(t)}`).join(` · `)||`\xA0`}
        </p>
      </section>
      ${cn(L,Tr)}
    </div>
    <div class="below">
      ${xn(e,{isOn:L.withEvidence,hasPicture:L.picture!==null,turn:e=>{L.withEvidence=e,R()},again:()=>Ht(L)})}
      ${rr(L,Cr)}
    </div>
    <p class="unseen" id="status" role="status">${Dr()}</p>
  </div>`}function Dr(){let{answer:e}=S(L),t=e?.predictions[0];return!e||!t?``:`${t.label}, ${Ct(t.probability)}. Explained: ${e.target.label}.`}setInterval(()=>{L.panels.some(({asking:e})=>e!==null)&&D()},1e3);var Or={title:`Explain`,enter:(e,t)=>void hr(e,t),leave:()=>{sr=!1},template:Er},z=(e,t=``)=>`jobs/${encodeURIComponent(e)}${t}`,kr=async e=>(await w(`jobs${tt(e)}`)).body,Ar=async e=>(await w(z(e))).body,jr=30,Mr=async(e,t,n,r=!1)=>(await w(`jobs`,{method:`POST`,headers:{"Content-Type":`application/json`,"Idempotency-Key":Lr(),...r?{Prefer:`wait=${jr}`}:{}},body:JSON.stringify({kind:e,model:t,params:n})})).body,Nr=async e=>(await w(z(e),{method:`DELETE`})).body,Pr=async e=>(await w(z(e,`/retry`),{method:`POST`})).body,Fr=async e=>(await w(z(e,`/artifacts`))).body.artifacts,Ir=e=>z(e,`/events`),B=(e,t)=>z(e,`/artifacts/${t.split(`/`).map(encodeURIComponent).join(`/`)}`),Lr=()=>[...crypto.getRandomValues(new Uint32Array(4))].map(e=>e.toString(16)).join(`-`),V=new Set([`queued`,`running`]),Rr=[`queued`,`running`,`succeeded`,`failed`,`cancelled`],zr={queued:`…`,running:`▸`,succeeded:`✓`,failed:`✕`,cancelled:`–`},Br=e=>zr[e];function Vr(e){switch(e.status){case`queued`:return Hr(e.queue_position);case`running`:return Ur(e.progress);case`succeeded`:return`Done${Wr(e)}.`;case`cancelled`:return`Cancelled. Retrying goes on from where it stopped.`;case`failed`:return Gr(e)}}function Hr(e){return e===null?`Waits for a worker that hosts its model.`:e===0?`Is next, as soon as a worker is free.`:`Waits: ${e} ${e===1?`job goes`:`jobs go`} first.`}function Ur({stage:e=``,step:t=0,total:n=0,eta_seconds:r=null,message:i=``}){if(i)return i;if(!e)return`Begins.`;let a=r===null?``:`, about ${Tt(r)} left`;return n>0?`${P(e)}: ${t} of ${n}${a}.`:`${P(e)}${a}.`}function Wr({started_at:e,finished_at:t}){return!e||!t?``:` in ${Tt((Date.parse(t)-Date.parse(e))/1e3)}`}function Gr({error:e}){switch(e?.code){case`job_killed_its_worker`:return`It ended the workers that tried it, probably for want of memory. Ask for less at once. (${e.detail})`;case`job_failed`:return`The worker failed at it; its log says more. Retrying goes on from the last checkpoint. (${e.detail})`;case void 0:return`It failed.`;default:return e?.detail??`It failed.`}}var Kr=2e3,qr=class{id;whenDone;job=null;artifacts=[];rises=[];preview=null;refusal=null;isCutOff=!1;isDeleted=!1;isAsking=!1;stream=null;timer=0;isLetGo=!1;constructor(e,t=()=>void 0){this.id=e,this.whenDone=t,this.look()}letGo(){this.isLetGo=!0,this.stream?.close(),this.stream=null,clearTimeout(this.timer)}cancel(){return this.change(async()=>{let e=await Nr(this.id);e?this.job=e:(this.isDeleted=!0,this.letGo())})}retry(){return this.change(async()=>{this.job=await Pr(this.id),await this.look()})}async change(e){this.isAsking=!0,D();try{await e(),this.refusal=null}catch(e){this.refusal=E(e)}this.isAsking=!1,D()}async look(){try{this.job=await Ar(this.id),this.refusal=null,V.has(this.job.status)?this.isLetGo||this.listen():await this.gather()}catch(e){this.refusal=E(e)}D(),!this.isLetGo&&this.job?.status===`succeeded`&&this.whenDone(),this.isLetGo||this.isSettled()||(clearTimeout(this.timer),this.timer=window.setTimeout(()=>void this.look(),Kr))}isSettled(){return this.refusal?this.refusal.code===`job_not_found`:this.job!==null&&!V.has(this.job.status)}async gather(){if(this.artifacts=await Fr(this.id),this.artifacts.some(({path:e})=>e===`loss.json`)){let{body:e}=await w(B(this.id,`loss.json`));this.rises=e.pictures}}listen(){if(this.stream)return;let e=new EventSource(Ir(this.id));this.stream=e,e.addEventListener(`open`,()=>{this.isCutOff=!1,D()}),e.addEventListener(`progress`,e=>{this.job&&={...this.job,progress:JSON.parse(e.data)},this.job?.status===`queued`&&(this.job.status=`running`),D()}),e.addEventListener(`preview`,e=>{this.preview=JSON.parse(e.data).image,D()}),e.addEventListener(`done`,()=>this.end()),e.addEventListener(`error`,t=>{t instanceof MessageEvent?this.end():this.broken(e)})}end(){this.stream?.close(),this.stream=null,this.look()}broken(e){this.isCutOff=!0,e.readyState===EventSource.CLOSED&&(this.stream=null),D()}},Jr=600,Yr=160;function Xr(e,t){let n=t.flatMap(({values:e})=>e.filter(e=>e!==null)),r=n.reduce((e,t)=>Math.min(e,t),1/0),i=n.reduce((e,t)=>Math.max(e,t),-1/0),a=Math.max(2,...t.map(({values:e})=>e.length)),o=e=>e/(a-1)*Jr,s=e=>Yr-(e-r)/(i-r||1)*152-4;return g`<figure class="plot">
    <figcaption>${e}</figcaption>
    <svg
      viewBox="0 0 ${Jr} ${Yr}"
      preserveAspectRatio="none"
      role="img"
      aria-label="${e}: from ${M(r)} to ${M(i)} over ${a} steps"
    >
      ${t.map(({values:e})=>he`<path d=${e.map((e,t)=>e===null?``:`${t===0?`M`:`L`}${o(t).toFixed(1)} ${s(e).toFixed(1)}`).join(``)} />`)}
    </svg>
    <p class="hint">
      ${t.length} ${t.length===1?`picture`:`pictures`}, ${a} steps, from
      ${M(r)} to ${M(i)}
    </p>
  </figure>`}var Zr=({status:e})=>g`<span class="badge is-${e}"
    ><span aria-hidden="true">${Br(e)}</span> ${P(e)}</span
  >`,Qr=({kind:e,progress:t,status:n})=>g`<progress
    max="1"
    .value=${n===`succeeded`?1:t.fraction}
    aria-label="Progress of ${Ot(e)}"
  ></progress>`,$r=e=>{let{job:t,refusal:n}=e;return e.isDeleted?g`<section class="card">
      ${hn(`Deleted`,`The job and its files are gone`)}
      <a href="#/jobs">All jobs</a>
    </section>`:g`<section class="card job" aria-labelledby="job-title">
    ${I(n)}
    ${t?ei(e,t):n?v:g`<p class="quiet">Looking …</p>`}
  </section>`},ei=(e,t)=>g`<div class="card-head">
      <h2 id="job-title">${P(t.kind)} <span class="quiet">of ${t.model}</span></h2>
      ${Zr(t)}
    </div>
    <div class="standing">
      ${Qr(t)}
      <span class="percent">${ti(t)}</span>
    </div>
    <p role="status" id="standing">${Vr(t)}</p>
    ${e.isCutOff&&V.has(t.status)?hn(`No news at the moment`,`The connection broke off; the page goes on by itself`):v}
    <div class="buttons">${ni(e,t)}</div>
    ${ii(e,t)}
    ${e.rises.length>0?Xr(`How far each picture rose towards its objective`,e.rises.map(({objective:e,scores:t})=>({name:e,values:t}))):v}
    ${ai(e,t)} ${si(t)}`,ti=({status:e,progress:t})=>e===`succeeded`?`100 %`:`${Math.floor(t.fraction*100)} %`;function ni(e,t){let{isAsking:n}=e,r=()=>void e.cancel(),i=()=>void e.retry();if(V.has(t.status))return[g`<button class="plain is-alarm" type="button" ?disabled=${n} @click=${r}>
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
  </button>`;return t.status===`succeeded`?e.artifacts.some(({path:e})=>e===`atlas.json`)?[g`<a class="button plain" href=${A(`atlas`,[t.id])}>Open the atlas</a>`,o]:[o]:[a,o]}var ri={"grid.png":`All pictures, each under what it was made for`,"preview.png":`A grid of the atlas, with the names of classes`};function ii(e,t){let n=e.artifacts.find(({path:e})=>e in ri);if(n){let e=B(t.id,n.path);return g`<a class="made" href=${e} target="_blank"
      ><img src=${e} alt=${ri[n.path]??``}
    /></a>`}return V.has(t.status)?g`<div class="made is-open">
    ${e.preview?g`<img src="data:image/png;base64,${e.preview}" alt="What is being made" />`:g`<p class="quiet">What is being made will be seen here.</p>`}
  </div>`:v}function ai({artifacts:e},t){return e.length===0?v:g`<details class="files" ?open=${e.length<=24}>
    <summary>${e.length} ${e.length===1?`file`:`files`}</summary>
    <ul class="artifacts">
      ${e.map(e=>g`<li>${oi(e,t)}</li>`)}
    </ul>
  </details>`}var oi=({path:e,bytes:t,media_type:n},r)=>{let i=B(r.id,e);return g`<a href=${i} target="_blank">
    ${n.startsWith(`image/`)?g`<img src=${i} alt="" loading="lazy" width="96" height="96" />`:g`<span class="no-picture" aria-hidden="true">${e.split(`.`).pop()}</span>`}
    <span>${e}</span> <span class="quiet">${Et(t)}</span>
  </a>`},si=e=>g`<details>
    <summary>Parameters and times</summary>
    <dl class="facts">
      <dt>ID</dt>
      <dd>${e.id}</dd>
      <dt>Submitted</dt>
      <dd>${j(e.created_at)}</dd>
      ${ci(`Begun`,e.started_at)} ${ci(`Ended`,e.finished_at)}
      ${ci(`Kept until`,e.expires_at)}
      <dt>Attempts</dt>
      <dd>${e.attempt}</dd>
      ${Object.entries(e.params).map(([e,t])=>g`<dt>${P(e)}</dt>
            <dd>${li(t)}</dd>`)}
    </dl>
  </details>`,ci=(e,t)=>t?g`<dt>${e}</dt>
        <dd>${j(t)}</dd>`:v;function li(e){return e===null?`automatic`:typeof e==`object`?JSON.stringify(e):String(e)}var ui=class{about;cells;grid;sides;numbers;constructor(e,t){this.about=e,this.cells=t;let{grid:n}=e;this.grid=n,this.numbers=new Int32Array(n*n).fill(-1),t.forEach(({x:e,y:t},r)=>this.numbers[t*n+e]=r);let r=(e.points+e.sparse_points)/n**2;this.sides=t.map(({n:e})=>fi(e,r))}numberAt(e,t){return e>=0&&t>=0&&e<this.grid&&t<this.grid?this.numbers[t*this.grid+e]??-1:-1}at(e,t){return this.cells[this.numberAt(e,t)]}},di=.3,fi=(e,t)=>Math.max(di,Math.min(1,Math.sqrt(e/(t||1)))),pi=({grids:e},t)=>e.find(({grid:e})=>e===t)??e[0],H=({document:e},t)=>e.classes[t]??`class ${t}`,mi=({document:e})=>e.kind===`dataset-map`?`images`:`activations`,hi=(e,t=``)=>`atlases/${encodeURIComponent(e)}${t}`,gi=async(e=``)=>(await w(`atlases${tt({cursor:e})}`)).body;async function _i(e){let{body:t}=await w(hi(e));return vi(t.version),{id:e,document:t,grids:await Promise.all(t.grids.map(async t=>{let{body:n}=await w(B(e,t.cells_path));return new ui(t,n.cells)}))}}function vi(e){if((e??1)!==1)throw new C({title:`This atlas has another format`,detail:`This page reads version 1, and the atlas has version ${e}. Load the page anew.`,code:`atlas_version`})}var yi=async(e,t,n)=>(await w(hi(e,`/locate`),{method:`POST`,body:et(t,{}),signal:n})).body,bi=/^-?\d+(\.\d+)?(e-?\d+)?$/i,xi=(e,t)=>Object.fromEntries(Object.entries(e).filter(([e,n])=>n.trim()!==``&&e in t).map(([e,n])=>[e,Si(n.trim(),t[e]??{})]));function Si(e,t){let n=t.anyOf??[t],r=e=>n.some(t=>t.type===e);return r(`boolean`)&&(e===`true`||e===`false`)?e===`true`:(r(`integer`)||r(`number`))&&bi.test(e)?Number(e):n.some(t=>Ci(e,t))?e:r(`array`)?e.split(`,`).map(e=>wi(e.trim())):e}var Ci=(e,{type:t,pattern:n,enum:r})=>t===`string`&&(n===void 0||new RegExp(n).test(e))&&(r===void 0||r.includes(e)),wi=e=>bi.test(e)?Number(e):e,Ti=`atlas`,U={model:``,datasets:null,written:{quality:`draft`},properties:null,estimate:null,isAsking:!1,refusal:null};async function Ei(){if(O.isReady){k(U.model)||(U.model=yt()),vt(U.model).catch(()=>setTimeout(()=>void Ei(),2e3));try{let[e,t]=await Promise.all([w(`datasets`),U.properties?null:w(`openapi.json`)]);U.datasets=e.body.datasets,t&&(U.properties=$t(t.body.components.schemas.AtlasParameters)),U.datasets.some(({id:e})=>e===U.written.dataset)||(U.written.dataset=U.datasets[0]?.id??``)}catch(e){U.refusal=E(e)}D()}}function Di(e,t){t===``?delete U.written[e]:U.written[e]=t,e===`class_filter`&&t===``&&delete U.written.versus,U.estimate=null,D()}function Oi(e){let{dataset:t=``,quality:n=`draft`}=U.written;Object.assign(U,{model:e,estimate:null,written:{dataset:t,quality:n}}),Ei(),D()}var ki=()=>xi(U.written,U.properties??{}),Ai=()=>Ni(async()=>{let e=await Mr(Ti,U.model,{...ki(),dry_run:!0},!0);if(e.status!==`succeeded`)throw new C({title:`What it costs is not known yet`,detail:Vr(e),code:e.error?.code??``,retrySeconds:e.status===`failed`?null:1});U.estimate=(await w(ji(e))).body,await Nr(e.id)}),ji=({id:e})=>`jobs/${encodeURIComponent(e)}/result`,Mi=()=>Ni(async()=>{let e=await Mr(Ti,U.model,ki());location.hash=A(`atlas`,[e.id])});async function Ni(e){Object.assign(U,{isAsking:!0,refusal:null}),D();try{await e()}catch(e){U.refusal=E(e)}U.isAsking=!1,D()}var Pi=[{value:`draft`,text:`draft: 2,000 images, one grid`},{value:`standard`,text:`standard: 20,000 images, three grids`},{value:`published`,text:`published: 1,000,000 images, four grids; for GPUs`}],Fi=new Set([`dataset`,`quality`,`layer`,`class_filter`,`versus`,`dry_run`]),Ii=()=>g`<form class="card choices" aria-labelledby="order-title" @submit=${Li}>
    <h2 id="order-title">Make an atlas</h2>
    <p class="quiet">
      What a layer sees in your images: places of many images, laid out so that what is alike to the
      model lies together, each cell drawn as what it looks for.
    </p>
    ${U.datasets?.length===0?Ri():zi()}
    ${I(U.refusal,()=>void Ai())}
  </form>`;function Li(e){e.preventDefault(),Mi()}var Ri=()=>g`<p>It is made of the images of a dataset, and there is none yet.</p>
    <p><a class="button" href="#/datasets">Add a dataset</a></p>`;function zi(){let{written:e,datasets:t,properties:n}=U,r=U.isAsking||!n||!e.dataset,i=(t,n,r)=>F({id:`order-${t}`,label:n,value:e[t]??``,choices:r,change:e=>Di(t,e)});return g`${i(`dataset`,`Dataset`,(t??[]).map(({id:e,name:t,images:n})=>({value:e,text:`${t} · ${N(n)} images`})))}
  ${F({id:`order-model`,label:`Model`,value:U.model,choices:O.models.map(({name:e})=>({value:e,text:e})),change:Oi})}
  ${i(`quality`,`Quality`,Pi)} ${i(`layer`,`Layer`,Bi())}
  ${i(`class_filter`,`Activations`,[{value:``,text:`all of them`},...Vi(``).map(({value:e,text:t})=>({value:e,text:`that speak for “${t}”`}))])}
  ${e.class_filter?i(`versus`,`Compared with`,[{value:``,text:`nothing`},...Vi(e.class_filter)]):v}
  <details class="own">
    <summary>All settings</summary>
    ${nn(Object.fromEntries(Object.entries(n??{}).filter(([e])=>!Fi.has(e))),e,Di,`order`)}
  </details>
  <div id="cost" role="status">${U.estimate?Hi(U.estimate):v}</div>
  <div class="buttons">
    <button id="start" type="submit" ?disabled=${r}>Make the atlas</button>
    <button class="plain" id="ask-cost" type="button" ?disabled=${r} @click=${()=>void Ai()}>
      What will it cost?
    </button>
  </div>`}function Bi(){let e=O.details.get(U.model)?.default_layer??``,t=(O.layers.get(U.model)??[]).filter(({output_shape:e})=>e.length===3);return[{value:``,text:e?`the last map (${e})`:`the last map`},...t.map(({name:e,output_shape:t})=>({value:e,text:`${e} · ${t.join(` × `)}`})).reverse()]}var Vi=e=>(k(U.model)?.classes??[]).map((e,t)=>({value:String(t),text:e})).filter(({value:t})=>t!==e),Hi=({images:e,activations:t,cells:n,icon_steps:r})=>g`<dl class="facts">
    <dt>Images</dt>
    <dd>${N(e)}</dd>
    <dt>Activations</dt>
    <dd>${N(t)}</dd>
    <dt>Cells</dt>
    <dd>at most ${N(n)}</dd>
    <dt>Icon steps</dt>
    <dd>at most ${N(r)}, a pass forward and back each</dd>
  </dl>`,W={atlases:[],nextCursor:null,open:[],isLoaded:!1,refusal:null},Ui=3e3,Wi=0,Gi=!1;async function Ki(){Gi=!0,clearTimeout(Wi);try{let[{atlases:e,next_cursor:t},{jobs:n}]=await Promise.all([gi(),kr({kind:Ti,limit:`50`}),Ei()]),r=n.filter(({status:e,params:t})=>V.has(e)&&!t.dry_run);Object.assign(W,{atlases:e,nextCursor:t,open:r,isLoaded:!0,refusal:null})}catch(e){W.refusal=E(e)}D(),Gi&&(W.open.length!==0||W.refusal)&&(clearTimeout(Wi),Wi=window.setTimeout(()=>void Ki(),Ui))}function qi(){Gi=!1,clearTimeout(Wi)}async function Ji(){let{atlases:e,next_cursor:t}=await gi(W.nextCursor??``);Object.assign(W,{atlases:[...W.atlases,...e],nextCursor:t}),D()}var Yi=()=>g`<div class="features atlases">
    ${Ii()}
    <div class="watching">
      ${I(W.refusal,()=>void Ki())}
      ${W.open.length>0?Xi():v}
      ${W.atlases.length>0?Zi():W.isLoaded?ea():v}
    </div>
  </div>`,Xi=()=>g`<section class="card" aria-labelledby="open-title">
    <h2 id="open-title">Being made</h2>
    <ul class="jobs">
      ${W.open.map(e=>g`<li>
            <a href=${A(`atlas`,[e.id])}>${$i(String(e.params.dataset))}</a>
            <span class="quiet">${e.model} · ${j(e.created_at)}</span>
            <span></span>
            ${Qr(e)} <span class="words">${Vr(e)}</span>
          </li>`)}
    </ul>
  </section>`,Zi=()=>g`<section class="card" aria-labelledby="done-title">
    <h2 id="done-title">Atlases</h2>
    <ul class="earlier is-large">
      ${W.atlases.map(Qi)}
    </ul>
    ${W.nextCursor?g`<button class="plain" type="button" @click=${()=>void Ji()}>
            Older ones
          </button>`:v}
  </section>`,Qi=e=>g`<li>
    <a href=${A(`atlas`,[e.id])}>
      <img src=${B(e.id,`preview.png`)} alt="" loading="lazy" />
      <strong>${$i(e.dataset)}</strong>
      <span class="quiet"
        >${e.kind&&e.kind!==`atlas`?`${Ot(e.kind)} · `:``}${e.model}
        · ${j(e.finished_at)}</span
      >
    </a>
  </li>`,$i=e=>U.datasets?.find(t=>t.id===e)?.name??e.slice(0,8),ea=()=>g`<section class="card teaching">
    <p>
      There is no atlas yet. Choose a dataset and make a draft: of a few hundred images it takes
      minutes on a laptop, and you can watch it come. Then look around in it: which cells speak for a
      class, what tells two classes apart, and where a picture of yours would lie.
    </p>
  </section>`;function ta(e){let{id:t,document:n}=e;return g`<section class="card" aria-labelledby="about-title">
    <h2 id="about-title">${P(n.kind)} of ${$i(n.dataset)}</h2>
    <dl class="facts">
      <dt>Model</dt>
      <dd><a href=${A(`model`,[n.model])}>${n.model}</a></dd>
      <dt>Layer</dt>
      <dd>
        <a href=${A(`model`,[n.model,...n.layer.split(`/`)])}
          >${n.layer}</a
        >, ${Dt(n.layer_shape)}
      </dd>
      ${na(e)}
      <dt>Images</dt>
      <dd>${N(n.images)}${n.unread?`, ${N(n.unread)} unread`:``}</dd>
      <dt>${P(mi(e))}</dt>
      <dd>${N(n.points)}</dd>
      <dt>Grids</dt>
      <dd>${n.grids.map(({grid:e,cells:t})=>`${e} × ${e} (${N(t)} cells)`).join(`, `)}</dd>
    </dl>
    <div class="buttons is-after">
      <button class="plain" id="copy-link" type="button" @click=${At(()=>location.href)}>
        Copy link
      </button>
      <a
        class="button plain"
        href=${B(t,n.preview_path)}
        target="_blank"
        >Picture</a
      >
      <a class="button plain" href=${A(`jobs`,[t])}>Job and files</a>
    </div>
  </section>`}function na(e){let{class_filter:t,versus:n}=e.document;return t==null?v:g`<dt>${n==null?`Class`:`Classes`}</dt>
    <dd>
      ${H(e,t)}${n==null?``:` (left) and ${H(e,n)} (right)`}
    </dd>`}var ra={target:null,versus:null,isAgainst:!1,intensity:1},ia=.25,aa=({document:e},t,n)=>t.f[e.filter_classes.indexOf(n)]??0;function oa(e,t,{target:n,versus:r}){if(n===null)return 0;let i=aa(e,t,n);return r===null?i:i-aa(e,t,r)}function sa(e,t,n){if(n.target===null)return 1;let r=oa(e,t,n),i=n.versus===null?n.isAgainst?-r:r:Math.abs(r),a=Math.max(0,i/(e.document.full_influence||1));return Math.min(1,a*n.intensity)}function ca(e,{cells:t},n){let r=n.isAgainst&&n.versus===null?-1:1,i=t=>n.target===null?t.n:r*oa(e,t,n);return[...t].sort((e,t)=>i(t)-i(e))}function la(e,{target:t,versus:n,isAgainst:r}){if(t===null)return`All cells`;let i=H(e,t);return n===null?`What speaks ${r?`against`:`for`} “${i}”`:`What speaks for “${i}” or for “${H(e,n)}”`}var ua=160,da=.7;function fa(e){let t=[],n=e.map(({grid:e,about:t})=>e*t.icon_size);for(let e=Math.max(...n);e>=ua;e/=2)t.unshift(e);return t.length===0&&t.push(Math.max(...n)),t.map(t=>({side:t,grid:pa(e,t)}))}function pa(e,t){let n=({grid:e,about:n})=>Math.abs(Math.log(t/(e*n.icon_size)));return e.reduce((e,t)=>n(t)<n(e)?t:e)}function ma(e,t){return(e.findLast(({side:e})=>t/e>=.7)??e[0]).grid}var ha=.1,ga=230,_a=9,va=22,ya=[-1,0,1];function ba(e){let t=new Int32Array(e.cells.length).fill(-1);return e.cells.forEach((n,r)=>{if(t[r]!==-1)return;let i=[r];t[r]=r;for(let a=i.pop();a!==void 0;a=i.pop()){let o=e.cells[a]??n;for(let a of ya)for(let s of ya){let c=e.numberAt(o.x+s,o.y+a);c<0||t[c]!==-1||e.cells[c]?.i[0]===n.i[0]&&(t[c]=r,i.push(c))}}}),t}function xa(e,t,n,r){let i=[],a=r*t.grid;for(let o of Sa(t,n,r)){let n=t.cells[o],r=n?.i[0];if(!n||r===void 0)continue;let s={cell:n,text:H(e,r),x:(n.x+.5)/t.grid,y:(n.y+1)/t.grid};i.some(e=>Ca(s,e,a))||i.push(s)}return i}function Sa(e,t,n){let r=Math.max(1,Math.round(ga/n)),i=t=>e.cells[t]?.v[0]??0,a=e.cells.reduce((e,{v:t})=>Math.max(e,t[0]??0),0),o=new Map;return e.cells.forEach(({x:e,y:n},s)=>{if(i(s)<ha*a||a<=0)return;let c=`${t[s]} ${Math.floor(e/r)} ${Math.floor(n/r)}`,l=o.get(c);(l===void 0||i(s)>i(l))&&o.set(c,s)}),[...o.values()].sort((e,t)=>i(t)-i(e))}function Ca(e,t,n){let r=Math.abs(e.x-t.x)*n,i=Math.abs(e.y-t.y)*n;return e.text===t.text?Math.hypot(r,i)<ga*.7:r<(e.text.length+t.text.length)*_a/2&&i<va}var wa=.35;function Ta(e,t,n,r){if(n.target===null)return null;let i=document.createElement(`canvas`),a=t.grid+2;i.width=i.height=a;let o=i.getContext(`2d`),s=o.createImageData(a,a);for(let e=0;e<a**2;e++)s.data.set([...r.ground,255],e*4);for(let i of t.cells){let t=(i.y+1)*a+i.x+1;s.data.set(Ea(e,i,n,r),t*4)}return o.putImageData(s,0,0),i}function Ea(e,t,n,r){let i=sa(e,t,n),a=n.versus===null?0:wa*i,o=oa(e,t,n)>=0?r.target:r.versus,s=1-i*(1-a),c=e=>s>0?(r.ground[e]*(1-i)*(1-a)+o[e]*a)/s:0;return[c(0),c(1),c(2),255*s]}var Da=.4,Oa=.15,ka=class{atlas;canvas=document.createElement(`canvas`);shade=null;shadeKey=``;regions=new Map;labels=[];labelsKey=``;inks=ja(document.documentElement);constructor(e){this.atlas=e,this.canvas.className=`atlas-overlay`,this.canvas.setAttribute(`aria-hidden`,`true`)}recolour(){this.inks=ja(this.canvas.parentElement??document.documentElement),this.shadeKey=``}draw(e,t){let n=this.cleared(e);n.save(),n.translate(e.left,e.top),this.drawShade(n,e,t.filter),this.drawAllLocated(n,e,t.located),t.hasLabels&&this.drawLabels(n,e,t.filter),t.chosen&&this.drawMark(n,e,t.chosen,3),t.hovered&&this.drawMark(n,e,t.hovered,2),n.restore()}cleared({view:e}){let{canvas:t}=this,n=devicePixelRatio,[r,i]=[Math.round(e.width*n),Math.round(e.height*n)];(t.width!==r||t.height!==i)&&(t.width=r,t.height=i);let a=t.getContext(`2d`);return a.setTransform(n,0,0,n,0,0),a.clearRect(0,0,e.width,e.height),a}drawShade(e,{width:t,grid:n},r){let i=`${n.grid} ${JSON.stringify(r)}`;if(i!==this.shadeKey&&(this.shade=Ta(this.atlas,n,r,this.inks.palette),this.shadeKey=i),!this.shade)return;e.imageSmoothingEnabled=!1;let a=1*t/n.grid;e.drawImage(this.shade,-a,-a,t+2*a,t+2*a)}drawLabels(e,t,n){let{grid:r,width:i}=t,a=Math.round(2*Math.log2(i/r.grid)),o=`${r.grid} ${a}`;if(o!==this.labelsKey){let e=this.regions.get(r)??ba(r);this.regions.set(r,e),this.labels=xa(this.atlas,r,e,2**(a/2)),this.labelsKey=o}e.font=`600 ${Math.max(12,Math.min(18,i/r.grid/4))}px system-ui, sans-serif`,e.textAlign=`center`,e.textBaseline=`bottom`,e.lineJoin=`round`,e.lineWidth=4,e.strokeStyle=this.inks.ground,e.fillStyle=this.inks.ink;for(let{cell:r,x:a,y:o,text:s}of this.labels)!Aa(t,a,o)||sa(this.atlas,r,n)<Oa||(e.strokeText(s,a*i,o*i),e.fillText(s,a*i,o*i))}drawMark(e,{width:t},n,r){let i=t/n.grid,[a,o]=[n.x*i,n.y*i];e.lineJoin=`miter`,e.strokeStyle=this.inks.ground,e.lineWidth=r*2+2,e.strokeRect(a,o,i,i),e.strokeStyle=this.inks.ink,e.lineWidth=r,e.strokeRect(a,o,i,i)}drawAllLocated(e,t,n){let r=[...n.filter(({grid:e})=>e===t.grid.grid)].sort((e,t)=>e.weight-t.weight),i=r.at(-1)?.weight??1;for(let n of r)this.drawLocated(e,t,n,i)}drawLocated(e,{grid:t,width:n},{weight:r,...i},a){let o=n/t.grid,[s,c]=[i.x*o,i.y*o],l=1.5+r/a*4;if(e.lineJoin=`miter`,e.strokeStyle=this.inks.ground,e.lineWidth=l+3,e.strokeRect(s,c,o,o),e.strokeStyle=this.inks.mark,e.lineWidth=l,e.strokeRect(s,c,o,o),r<a*Da)return;let u=`${Math.round(r*100)} %`;e.font=`650 12px system-ui, sans-serif`,e.textAlign=`left`,e.textBaseline=`middle`;let d=e.measureText(u).width+10;e.fillStyle=this.inks.mark,e.fillRect(s-l/2,c-l/2,d,19),e.fillStyle=this.inks.ground,e.fillText(u,s-l/2+5,c-l/2+10)}};function Aa({left:e,top:t,width:n,view:r},i,a){let[o,s]=[e+i*n,t+a*n];return o>-200&&s>-30&&o<r.width+200&&s<r.height+30}function ja(e){let t=getComputedStyle(e),n=e=>t.getPropertyValue(e).trim();return{palette:{ground:Ma(n(`--sky`)),target:Ma(n(`--one`)),versus:Ma(n(`--other`))},ink:n(`--ink`),ground:n(`--card`),mark:n(`--found`)}}function Ma(e){let t=document.createElement(`canvas`).getContext(`2d`);t.fillStyle=e,t.fillRect(0,0,1,1);let[n=0,r=0,i=0]=t.getImageData(0,0,1,1).data;return[n,r,i]}function Na(e,{levels:t,sprites:n,isSized:r}){let i=t.at(-1)?.side??1,a=new e.TileSource({width:i,height:i,tileSize:i,minLevel:0,maxLevel:t.length-1}),o=e=>t[e]??t[0],s=e=>{let{grid:t,side:n}=o(e);return n/t.grid*t.about.tile_cells},c=(e,t,n)=>({width:Math.round(s(e)*Pa(o(e).grid,t)/l(e)),height:Math.round(s(e)*Pa(o(e).grid,n)/l(e))}),l=e=>o(e).grid.about.tile_cells;return Object.assign(a,{getTileWidth:s,getTileHeight:s,getNumTiles:t=>{let n=Math.ceil(o(t).grid.grid/l(t));return new e.Point(n,n)},getPixelRatio:t=>new e.Point(1/o(t).side,1/o(t).side),getTileBounds:(t,n,r,i=!1)=>{let{width:a,height:s}=c(t,n,r);if(i)return new e.Rect(0,0,a,s);let{grid:u}=o(t).grid;return new e.Rect(n*l(t)/u,r*l(t)/u,Pa(o(t).grid,n)/u,Pa(o(t).grid,r)/u)},getTileUrl:(e,t,n)=>`${o(e).grid.about.tiles_path}/${n}_${t}.webp`,getTileHashKey:(e,t,n)=>`${e}/${n}_${t}${r?` sized`:``}`,hasTransparency:()=>!0,downloadTileStart:e=>{let{level:t,x:i,y:a}=e.tile,s={...c(t,i,a),isSized:r};n.draw(o(t).grid,a,i,s).then(t=>e.finish(t,null,`context2d`),t=>e.fail(String(t),null))},downloadTileAbort:()=>void 0})}var Pa=({grid:e,about:t},n)=>Math.min(t.tile_cells,e-n*t.tile_cells),Fa=160,Ia=class{id;kept=new Map;constructor(e){this.id=e}async draw(e,t,n,{width:r,height:i,isSized:a}){let o=document.createElement(`canvas`);o.width=r,o.height=i;let s=o.getContext(`2d`),c=La(e,t,n);if(c.length===0)return s;let l=await createImageBitmap(await this.fetch(e,t,n)),{icon_size:u,tile_cells:d}=e.about,ee=r*u/l.width,f=i*u/l.height;s.imageSmoothingQuality=`high`;for(let t of c){let n=e.cells[t],[r,i]=[n.x%d,n.y%d],o=a?e.sides[t]??1:1,[c,p]=[ee*o,f*o],te=r*ee+(ee-c)/2,ne=i*f+(f-p)/2;s.drawImage(l,r*u,i*u,u,u,te,ne,c,p)}return l.close(),s}async drawIcon(e,{x:t,y:n},r,i){let{icon_size:a,tile_cells:o}=e.about,s=await this.fetch(e,Math.floor(n/o),Math.floor(t/o)),c=t%o*a,l=await createImageBitmap(s,c,n%o*a,a,a);i()&&(r.width=r.height=a,r.getContext(`2d`)?.drawImage(l,0,0)),l.close()}fetch({about:e},t,n){let r=`${e.tiles_path}/${t}_${n}.webp`,i=this.kept.get(r)??Ze(B(this.id,r));this.kept.delete(r),this.kept.set(r,i),i.catch(()=>this.kept.delete(r));let[a]=this.kept.keys();return this.kept.size>Fa&&a!==void 0&&this.kept.delete(a),i}};function La(e,t,n){let r=e.about.tile_cells;return Array.from({length:r*r},(i,a)=>e.numberAt(n*r+a%r,t*r+Math.floor(a/r))).filter(e=>e>=0)}var Ra=(function(){let e=typeof document<`u`&&document.createElement(`link`).relList;return e&&e.supports&&e.supports(`modulepreload`)?`modulepreload`:`preload`})(),za=function(e,t){return new URL(e,t).href},Ba={},Va=function(e){return e.pathname.endsWith(`.css`)},Ha=function(e,t,n){if(t in e)return e[t];let r=n();if(!r){e[t]=void 0;return}let i=r.then(()=>{e[t]=void 0},n=>{throw e[t]=void 0,n});return e[t]=i,i},Ua=function(e,t,n){let r=Promise.resolve();if(t&&t.length>0){let e,i=document.querySelector(`meta[property=csp-nonce]`),a=i?.nonce||i?.getAttribute(`nonce`);function o(e){return Promise.all(e.map(e=>Promise.resolve(e).then(e=>({status:`fulfilled`,value:e}),e=>({status:`rejected`,reason:e}))))}function s(e){return import.meta.resolve?new URL(import.meta.resolve(e)):new URL(e,import.meta.url)}r=o(t.map(t=>{t=za(t,n);let r=s(t),i=Va(r);return Ha(Ba,r.href,()=>{if(e===void 0){e={all:new Set,styles:new Set};let t=document.getElementsByTagName(`link`);for(let n=t.length-1;n>=0;n--){let r=t[n];e.all.add(r.href),r.rel===`stylesheet`&&e.styles.add(r.href)}}if((i?e.styles:e.all).has(r.href))return;let t=document.createElement(`link`);if(t.rel=i?`stylesheet`:Ra,i||(t.as=`script`),t.crossOrigin=``,t.href=r.href,a&&t.setAttribute(`nonce`,a),document.head.appendChild(t),i)return new Promise((e,n)=>{let i=a=>{t.removeEventListener(`load`,i),t.removeEventListener(`error`,i),a.type===`error`?n(Error(`Unable to preload CSS for ${r}`)):e(a)};t.addEventListener(`load`,i),t.addEventListener(`error`,i)})})}).filter(e=>e!==void 0))}function i(e){let t=new Event(`vite:preloadError`,{cancelable:!0});if(t.payload=e,window.dispatchEvent(t),!t.defaultPrevented)throw e}return r.then(t=>{for(let e of t||[])e.status===`rejected`&&i(e.reason);return e().catch(i)})},Wa={x:.5,y:.5,zoom:1},Ga=4,Ka=1/6,qa=1.6,Ja=1.15,Ya=class e{library;told;sprites;levels;overlay;viewer;dark=matchMedia(`(prefers-color-scheme: dark)`);shown;static async open(t,n,{camera:r,shown:i,told:a}){let{default:o}=await Ua(async()=>{let{default:e}=await import(`./openseadragon-DQTIK2KB.js`).then(e=>c(e.default,1));return{default:e}},[],import.meta.url);return new e(o,t,n,r,i,a)}constructor(e,t,n,r,i,a){this.library=e,this.told=a,this.shown=i,this.sprites=new Ia(n.id),this.levels=fa(n.grids),this.overlay=new ka(n),Qa(),this.viewer=e({...Za(e),element:t}),this.viewer.canvas.append(this.overlay.canvas),this.viewer.canvas.tabIndex=-1,this.viewer.navigator.element.setAttribute(`aria-hidden`,`true`),this.overlay.recolour(),this.listen(),this.openSource(r)}destroy(){this.dark.removeEventListener(`change`,this.recolour),this.viewer.destroy()}show(e){let t=this.shown.isSized!==e.isSized;this.shown=e,t&&this.openSource(this.camera()),this.draw()}camera(){let{viewport:e}=this.viewer,{x:t,y:n}=e.getCenter(!1);return{x:t,y:n,zoom:e.getZoom(!1)/e.getHomeZoom()}}moveTo({x:e,y:t,zoom:n},r=!1){let{viewport:i}=this.viewer;i.zoomTo(n*i.getHomeZoom(),void 0,r),i.panTo(new this.library.Point(e,t),r),i.applyConstraints(r)}zoomIn(){this.viewer.viewport.zoomBy(qa).applyConstraints()}zoomOut(){this.viewer.viewport.zoomBy(1/qa).applyConstraints()}goHome(){this.viewer.viewport.goHome()}flyTo({grid:e,x:t,y:n}){let r=Math.max(1,e*Ka,this.camera().zoom),i=ma(this.levels,this.width(r)),a=this.levels.find(t=>t.grid.grid===e)?.side??0,o=i.grid===e?r:a*da/this.width(1);this.moveTo({x:(t+.5)/e,y:(n+.5)/e,zoom:o})}reveal({grid:e,x:t,y:n}){let r=this.viewer.viewport.getBounds(!1),[i,a,o]=[t/e,n/e,1/e];i>=r.x&&a>=r.y&&i+o<=r.x+r.width&&a+o<=r.y+r.height||this.viewer.viewport.panTo(new this.library.Point(i+o/2,a+o/2)).applyConstraints()}grid(){return ma(this.levels,this.width(this.camera().zoom))}async toggleFullScreen(){let e=this.viewer.element.parentElement;document.fullscreenElement?await document.exitFullscreen():await e?.requestFullscreen()}width(e){let{viewport:t}=this.viewer;return e*t.getHomeZoom()*t.getContainerSize().x}openSource(e){let{isSized:t}=this.shown,n=Na(this.library,{levels:this.levels,sprites:this.sprites,isSized:t});this.viewer.addOnceHandler(`open`,()=>{this.moveTo(e,!0),this.tellMoved()}),this.viewer.open({tileSource:n})}listen(){let{viewer:e}=this;this.dark.addEventListener(`change`,this.recolour),e.addHandler(`update-viewport`,()=>this.draw()),e.addHandler(`fully-loaded-change`,({fullyLoaded:t})=>e.element.setAttribute(`aria-busy`,String(!t))),e.addHandler(`animation-finish`,()=>this.tellMoved()),e.addHandler(`canvas-click`,e=>{e.quick&&(e.preventDefaultAction=!0,this.told.chosen(this.placeAt(e.position)))});let{canvas:t}=e;t.addEventListener(`pointermove`,e=>{if(e.pointerType!==`mouse`||e.buttons!==0)return;let{left:n,top:r}=t.getBoundingClientRect(),i=new this.library.Point(e.clientX-n,e.clientY-r);this.told.hovered(this.placeAt(i))}),t.addEventListener(`pointerleave`,()=>this.told.hovered(null))}recolour=()=>{this.overlay.recolour(),this.draw()};tellMoved(){if(!this.viewer.isOpen())return;let e=this.camera();this.viewer.navigator.element.classList.toggle(`is-idle`,e.zoom<Ja),this.told.moved(e,this.grid())}placeAt(e){if(!this.viewer.isOpen())return null;let{grid:t}=this.frame(),{grid:n}=t,{x:r,y:i}=this.viewer.viewport.pointFromPixel(e,!0),a={grid:n,x:Math.floor(r*n),y:Math.floor(i*n)};return t.at(a.x,a.y)?a:null}frame(){let{viewport:e}=this.viewer,t=e.pixelFromPoint(new this.library.Point(0,0),!0),{x:n,y:r}=e.getContainerSize(),i=e.getZoom(!0)*n,a=ma(this.levels,i);return{left:t.x,top:t.y,width:i,grid:a,view:{width:n,height:r}}}draw(){if(!this.viewer.isOpen())return;let e=this.frame();this.overlay.draw(e,this.shown),this.told.framed(e)}},Xa=()=>matchMedia(`(prefers-reduced-motion: reduce)`).matches,Za=e=>({drawer:`canvas`,animationTime:Xa()?0:.6,springStiffness:8,visibilityRatio:.6,minZoomImageRatio:.8,maxZoomPixelRatio:Ga,minPixelRatio:da,zoomPerScroll:1.25,imageLoaderLimit:6,maxImageCacheCount:128,immediateRender:!0,gestureSettingsMouse:{clickToZoom:!1,dblClickToZoom:!0},keyboardNavEnabled:!1,showNavigationControl:!1,showNavigator:!0,navigatorPosition:`BOTTOM_RIGHT`,navigatorSizeRatio:.18,navigatorMaintainSizeRatio:!0,navigatorAutoFade:!1,subPixelRoundingForTransparency:{"*":e.SUBPIXEL_ROUNDING_OCCURRENCES.ALWAYS}});function Qa(){let e=`data-openseadragon-mobile-css`;if(document.querySelector(`style[${e}]`))return;let t=document.createElementNS(null,`style`);t.setAttribute(e,``),document.head.append(t)}var $a=()=>({filter:ra,hasLabels:!0,isSized:!0,camera:Wa,grid:0,hovered:null,chosen:null,located:null,soughtPicture:``,seeking:null,seekRefusal:null,listed:20}),G={id:``,atlas:null,followed:null,refusal:null,viewer:null,...$a()},eo=e=>pi(e,G.grid);function to(e,t){if(!t)return null;let n=pi(e,t.grid),r=n.grid===t.grid?n.at(t.x,t.y):void 0;return r?{cell:r,grid:n}:null}var no=({filter:e,hasLabels:t,isSized:n,hovered:r,chosen:i,located:a})=>({filter:e,hasLabels:t,isSized:n,hovered:r,chosen:i,located:(a??[]).map(({grid:e,row:t,column:n,weight:r})=>({grid:e,x:n,y:t,weight:r}))});function ro(e,t,n){let r=new URLSearchParams,{camera:i,filter:a,chosen:o}=t;return io(i)||(r.set(`at`,[i.x,i.y].map(e=>e.toFixed(4)).join(`,`)),r.set(`zoom`,i.zoom.toFixed(3))),a.target!==null&&r.set(`class`,ao(e,a.target)),a.versus!==null&&r.set(`versus`,ao(e,a.versus)),a.isAgainst&&r.set(`against`,`1`),a.intensity!==1&&r.set(`intensity`,String(a.intensity)),t.hasLabels||r.set(`labels`,`0`),t.isSized||r.set(`sized`,`0`),o&&r.set(`cell`,`${o.grid},${o.x},${o.y}`),t.soughtPicture&&r.set(`picture`,n?.sample??`own`),r}var io=({x:e,y:t,zoom:n})=>Math.abs(e-Wa.x)<.001&&Math.abs(t-Wa.y)<.001&&Math.abs(n-1)<.001;function ao(e,t){let n=H(e,t);return e.document.classes.indexOf(n)===t&&Number.isNaN(Number(n))?n:String(t)}function oo(e,t){let n=Number(t.get(`zoom`)),[r,i]=lo(t.get(`at`));return{...$a(),camera:r!==void 0&&i!==void 0&&n>0?{x:r,y:i,zoom:n}:Wa,filter:so(e,t),hasLabels:t.get(`labels`)!==`0`,isSized:t.get(`sized`)!==`0`,chosen:uo(t.get(`cell`))}}function so(e,t){let n=co(e,t.get(`class`));if(n===null)return ra;let r=co(e,t.get(`versus`)),i=Number(t.get(`intensity`)??1)||1;return{target:n,versus:r===n?null:r,isAgainst:t.get(`against`)===`1`,intensity:Math.min(4,Math.max(ia,i))}}function co({document:e},t){if(t===null||t===``)return null;let n=e.classes.indexOf(t),r=n>=0?n:Number(t);return e.filter_classes.includes(r)?r:null}var lo=e=>(e??``).split(`,`).map(Number).filter(Number.isFinite);function uo(e){let[t,n,r]=lo(e);return e&&t!==void 0&&n!==void 0&&r!==void 0?{grid:t,x:n,y:r}:null}var fo=(e,t)=>{let n=e._$AN;if(n===void 0)return!1;for(let e of n)e._$AO?.(t,!1),fo(e,t);return!0},po=e=>{let t,n;do{if((t=e._$AM)===void 0)break;n=t._$AN,n.delete(e),e=t}while(n?.size===0)},mo=e=>{for(let t;t=e._$AM;e=t){let n=t._$AN;if(n===void 0)t._$AN=n=new Set;else if(n.has(e))break;n.add(e),_o(t)}};function ho(e){this._$AN===void 0?this._$AM=e:(po(this),this._$AM=e,mo(this))}function go(e,t=!1,n=0){let r=this._$AH,i=this._$AN;if(i!==void 0&&i.size!==0){if(t){if(Array.isArray(r))for(let e=n;e<r.length;e++)fo(r[e],!1),po(r[e]);else r!=null&&(fo(r,!1),po(r))}else fo(this,e)}}var _o=e=>{e.type==x.CHILD&&(e._$AP??=go,e._$AQ??=ho)},vo=class extends je{constructor(){super(...arguments),this._$AN=void 0}_$AT(e,t,n){super._$AT(e,t,n),mo(this),this.isConnected=e._$AU}_$AO(e,t=!0){e!==this.isConnected&&(this.isConnected=e,e?this.reconnected?.():this.disconnected?.()),t&&(fo(this,e),po(this))}setValue(e){if(Ne(this._$Ct))this._$Ct._$AI(e,this);else{let t=[...this._$Ct._$AH];t[this._$Ci]=e,this._$Ct._$AI(t,this,0)}}disconnected(){}reconnected(){}},yo=new WeakMap,bo=Ae(class extends vo{render(e){return v}update(e,[t]){let n=t!==this.G;return n&&this.rt(void 0),(n||this.lt!==this.ct)&&(this.G=t,this.ht=e.options?.host,this.rt(this.ct=e.element)),v}rt(e){if(this.G!==void 0){if(this.isConnected||(e=void 0),typeof this.G==`function`){let t=this.ht??globalThis,n=yo.get(t);n===void 0&&(n=new WeakMap,yo.set(t,n)),n.get(this.G)!==void 0&&this.G.call(this.ht,void 0),n.set(this.G,e),e!==void 0&&this.G.call(this.ht,e)}else this.G.value=e}}get lt(){return typeof this.G==`function`?yo.get(this.ht??globalThis)?.get(this.G):this.G?.value}disconnected(){this.lt===this.ct&&this.rt(void 0)}reconnected(){this.rt(this.ct)}}),xo=3,So=(e,t,n)=>g`<div class="cell-head">
      <canvas
        class="icon"
        width="96"
        height="96"
        aria-hidden="true"
        ${bo(e=>void Oo(e,t,n))}
      ></canvas>
      <p>
        <strong>${N(t.n)} ${mi(e)}</strong>
        <span class="quiet">${Co(t,n)}</span>
        ${wo(t)}
      </p>
    </div>
    <ol class="adds">
      ${To(e,t).map(([t,n])=>Eo(e,t,n))}
    </ol>
    ${Do(e,t)}`,Co=({x:e,y:t},{grid:n})=>`row ${t+1}, column ${e+1} of ${n}`;function wo({images:e}){return!e||e.length===0?v:g`<span class="quiet names">${e.slice(0,xo).join(`, `)}</span>`}function To(e,t){let n=t.i.map((e,n)=>[e,t.v[n]??0]),r=[G.filter.target,G.filter.versus].filter(e=>e!==null&&!t.i.includes(e));return[...n,...r.map(n=>[n,aa(e,t,n)])]}var Eo=(e,t,n)=>{let r=Math.min(1,Math.abs(n)/(e.document.full_influence||1));return g`<li class=${t===G.filter.target||t===G.filter.versus?`is-asked`:``}>
    <span class="label">${H(e,t)}</span>
    <span class="number">${n>0?`+`:``}${M(n)}</span>
    <meter
      class=${n<0?`is-against`:``}
      min="0"
      max="1"
      .value=${r}
      aria-hidden="true"
    ></meter>
  </li>`};function Do(e,t){let{target:n,versus:r}=G.filter;if(n===null||r===null)return v;let i=oa(e,t,G.filter),[a,o]=i>=0?[n,r]:[r,n];return g`<p class="quiet">
    Speaks for “${H(e,a)}” rather than “${H(e,o)}” by
    ${M(Math.abs(i))}
  </p>`}async function Oo(e,t,n){let r=`${n.grid} ${t.x} ${t.y}`;if(e&&G.viewer&&e.dataset.cell!==r){e.dataset.cell=r;try{await G.viewer.sprites.drawIcon(n,t,e,()=>e.dataset.cell===r)}catch{delete e.dataset.cell}}}function ko(e,t,n){let r=t.i.slice(0,3).map((n,r)=>`${H(e,n)} ${M(t.v[r]??0)}`);return`${Co(t,n)}: ${N(t.n)} ${mi(e)}. Speaks for ${r.join(`, `)}.`}function Ao(e,t,n){let r=eo(e),i=ca(e,r,t.filter),a=t.filter.target!==null;return g`<details class="card cells">
    <summary>The ${N(i.length)} cells as a table</summary>
    <p class="quiet" id="cells-title">
      ${la(e,t.filter)}, of the grid of ${r.grid} × ${r.grid} that is seen;
      ${a?`what says most first`:`the fullest first`}.
    </p>
    <div class="scrolled" tabindex="0" role="region" aria-labelledby="cells-title">
      <table>
        <thead>
          <tr>
            <th scope="col">Cell</th>
            <th scope="col">${P(mi(e))}</th>
            ${a?g`<th scope="col">${jo(e,t)}</th>`:v}
            <th scope="col">Speaks most for</th>
          </tr>
        </thead>
        <tbody>
          ${i.slice(0,t.listed).map(i=>g`<tr>
                <th scope="row">
                  <button
                    class="plain"
                    type="button"
                    @click=${()=>n.flyTo({grid:r.grid,x:i.x,y:i.y})}
                  >
                    ${Co(i,r)}
                  </button>
                </th>
                <td>${N(i.n)}</td>
                ${a?g`<td>${M(oa(e,i,t.filter))}</td>`:v}
                <td>${Mo(e,i)}</td>
              </tr>`)}
        </tbody>
      </table>
    </div>
    ${i.length>t.listed?g`<button class="plain" type="button" @click=${n.listMore}>
            ${20} more
          </button>`:v}
  </details>`}function jo(e,{filter:{target:t,versus:n}}){let r=H(e,t??0);return n===null?`For “${r}”`:`“${r}” less “${H(e,n)}”`}var Mo=(e,{i:t,v:n})=>t.slice(0,3).map((t,r)=>`${H(e,t)} ${M(n[r]??0)}`).join(`, `),No=(e,{filter:t,hasLabels:n,isSized:r},i)=>g`<section class="card choices" aria-labelledby="filter-title">
    <h2 id="filter-title">What to show</h2>
    ${e.document.filter_classes.length>0?Fo(e,t,i):g`<p class="quiet">This atlas has no classes to filter by.</p>`}
    ${t.target===null?v:Bo(t,i)}
    <label class="switch">
      <input
        id="labels"
        type="checkbox"
        .checked=${n}
        @change=${e=>i.turn(`hasLabels`,Po(e))}
      />
      Names of classes
    </label>
    <label class="switch">
      <input
        id="sized"
        type="checkbox"
        .checked=${r}
        @change=${e=>i.turn(`isSized`,Po(e))}
      />
      Smaller icons where little lies
    </label>
  </section>`,Po=e=>e.target.checked;function Fo(e,t,n){let{target:r,versus:i,isAgainst:a}=t;return g`${F({id:`class`,label:`Class`,value:r===null?``:String(r),choices:[{value:``,text:`all classes`},...Ro(e,null)],change:e=>n.filter({target:Io(e),...Lo(e,i)})})}
  ${r===null?v:g`${F({id:`versus`,label:`Rather than`,value:i===null?``:String(i),choices:[{value:``,text:`nothing in particular`},...Ro(e,r)],change:e=>n.filter({versus:Io(e)})})}
        ${i===null?F({id:`sign`,label:`Show what speaks`,value:a?`against`:`for`,choices:[{value:`for`,text:`for “${H(e,r)}”`},{value:`against`,text:`against “${H(e,r)}”`}],change:e=>n.filter({isAgainst:e===`against`})}):zo(e,r,i)}`}`}var Io=e=>e===``?null:Number(e),Lo=(e,t)=>e===``||Number(e)===t?{versus:null}:{},Ro=(e,t)=>e.document.filter_classes.filter(e=>e!==t).map(t=>({value:String(t),text:H(e,t)})).sort((e,t)=>e.text.localeCompare(t.text)),zo=(e,t,n)=>g`<p class="legend">
    <span class="swatch is-one"></span> ${H(e,t)}
    <span class="swatch is-other"></span> ${H(e,n)}
  </p>`,Bo=(e,t)=>g`<div class="field">
    <label for="intensity">Intensity</label>
    <div class="opacity">
      <input
        id="intensity"
        type="range"
        min=${Math.log2(ia)}
        max=${Math.log2(4)}
        step="0.25"
        .value=${String(Math.log2(e.intensity))}
        @input=${e=>{let n=Number(e.target.value);t.filter({intensity:Number((2**n).toFixed(3))})}}
      />
      <output for="intensity">× ${Number(e.intensity.toFixed(2))}</output>
    </div>
  </div>`,Vo=6;function Ho(e,t,n,r){if(e.document.landmarks_path===null)return g`<section class="card" aria-labelledby="seek-title">
      <h2 id="seek-title">Where is my picture?</h2>
      <p class="quiet">Pictures cannot be located on this atlas.</p>
    </section>`;let i=n!==null&&n.address===t.soughtPicture;return g`<section class="card seek" aria-labelledby="seek-title">
    <h2 id="seek-title">Where is my picture?</h2>
    ${i?Wo(e,t,n,r):Uo(n,r)}
    ${I(t.seekRefusal,r.seek)}
    <input
      class="hidden-input"
      id="file"
      type="file"
      accept="image/*"
      aria-label="Choose a picture to find on the atlas"
      @change=${e=>{let t=e.target;r.take(t.files?.[0]),t.value=``}}
    />
    <div class="samples is-small is-left" role="group" aria-label="Pictures to find">
      <label class="button plain" for="file">Choose a picture</label>
      ${qn(i?n.sample:null,r)}
    </div>
  </section>`}var Uo=(e,{seek:t})=>g`<p class="quiet">
      Drop or paste one, and the cells are marked in which its parts would lie.
    </p>
    ${e?g`<button class="plain" id="seek" type="button" @click=${t}>
            Find the picture of the Explain view
          </button>`:v}`;function Wo(e,{located:t,seeking:n,grid:r},i,{forget:a,flyTo:o}){let s=(t??[]).filter(e=>e.grid===r).sort((e,t)=>t.weight-e.weight);return g`<div class="sought">
    <img src=${i.address} alt="The picture that is looked for" width="72" height="72" />
    <div>
      <p role="status" id="found">${Ko(s,n!==null,t!==null)}</p>
      <button class="plain" type="button" @click=${a}>Take the marks away</button>
    </div>
  </div>
  <ul class="found-list">
    ${s.slice(0,Vo).map(({row:t,column:n,weight:i})=>g`<li>
          <button
            class="plain"
            type="button"
            @click=${()=>o({grid:r,x:n,y:t})}
          >
            row ${t+1}, column ${n+1}
          </button>
          <span class="quiet">${Ct(i)}${Go(e,r,t,n)}</span>
        </li>`)}
  </ul>`}function Go({grids:e,document:t},n,r,i){let a=e.find(e=>e.grid===n)?.at(i,r),o=t.classes[a?.i[0]??-1];return o===void 0?``:` · ${o}`}function Ko(e,t,n){if(t)return`Looking …`;if(!n)return``;let r=e.reduce((e,{weight:t})=>e+t,0);if(e.length===0)return`It falls where this atlas shows nothing.`;let i=e.length===1?`one cell`:`${e.length} cells`;return`${Ct(r)} of it falls in ${i}.`}var qo={ArrowLeft:[-1,0],ArrowRight:[1,0],ArrowUp:[0,-1],ArrowDown:[0,1]};function Jo(e,t,n,r){if(!t)return Xo(e,n.x*e.grid,n.y*e.grid);let i=e.grid/t.grid,[a,o]=[Math.floor((t.x+.5)*i),Math.floor((t.y+.5)*i)];for(let t=1;t<e.grid;t++){let n={grid:e.grid,x:a+r[0]*t,y:o+r[1]*t};if(e.at(n.x,n.y))return n}return Yo(e,a,o,r)??(e.at(a,o)?{grid:e.grid,x:a,y:o}:null)}function Yo(e,t,n,[r,i]){let[a]=e.cells.filter(e=>(e.x-t)*r+(e.y-n)*i>0).sort((e,r)=>Math.hypot(e.x-t,e.y-n)-Math.hypot(r.x-t,r.y-n));return a?{grid:e.grid,x:a.x,y:a.y}:null}function Xo(e,t,n){let r=e=>Math.hypot(e.x+.5-t,e.y+.5-n),[i,...a]=e.cells;if(!i)return null;let o=a.reduce((e,t)=>r(t)<r(e)?t:e,i);return{grid:e.grid,x:o.x,y:o.y}}function Zo(e,{hovered:t,chosen:n,refusal:r},i){let a=to(e,t)??to(e,n),o=to(e,n);return g`<section class="card atlas-card" aria-label="The atlas">
    <div
      class="atlas-stage"
      id="stage"
      tabindex="0"
      role="application"
      aria-label="Atlas of ${e.document.layer}. Arrow keys go from cell to cell, plus and minus zoom, zero shows the whole."
      @keydown=${e=>ds(e,i)}
    >
      <div class="deep-zoom" ${bo(is(e,i))}></div>
      ${es(e)}
      <div class="atlas-buttons">
        ${$o(`zoom-in`,`Zoom in`,`M4 10h12M10 4v12`,()=>G.viewer?.zoomIn())}
        ${$o(`zoom-out`,`Zoom out`,`M4 10h12`,()=>G.viewer?.zoomOut())}
        ${$o(`whole`,`Show the whole`,`M3 10l7-6.5L17 10M5 9v8h10V9`,()=>G.viewer?.goHome())}
        ${$o(`full-screen`,`Full screen, or back`,`M3 8V3h5M12 3h5v5M17 12v5h-5M8 17H3v-5`,()=>void G.viewer?.toggleFullScreen())}
      </div>
      <div class="cell-card" id="cell-card" ?hidden=${!a} ${bo(ts)}>
        ${a?So(e,a.cell,a.grid):v}
      </div>
    </div>
    <p class="atlas-caption">
      <span id="shown">${Qo(e)}</span>
    </p>
    <p class="unseen" id="spoken" role="status">
      ${o?ko(e,o.cell,o.grid):``}
    </p>
    ${I(r)}
  </section>`}function Qo(e){let{grid:t,cells:n}=eo(e);return`${la(e,G.filter)} · ${n.length} cells of a grid of ${t} × ${t}`}var $o=(e,t,n,r)=>g`<button class="icon" id=${e} type="button" title=${t} aria-label=${t} @click=${r}>
    <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true"><path d=${n} /></svg>
  </button>`;function es(e){let{class_filter:t,versus:n}=e.document;return t==null||n==null?v:g`<p class="ends" aria-hidden="true">
    <span>← ${H(e,t)}</span><span>${H(e,n)} →</span>
  </p>`}var K=null,ts=e=>{K=e??null},ns=null,rs=null;function is(e,t){if(ns&&rs===e)return ns;rs=e;let n=null,r=r=>{r?(n=as(e,r,t),n.then(e=>os(e,r),ss)):(G.viewer=null,n?.then(e=>e.destroy(),ss),n=null)};return ns=r,r}var as=(e,t,n)=>Ya.open(t,e,{camera:G.camera,shown:no(G),told:{moved:(e,t)=>{Object.assign(G,{camera:e,grid:t.grid}),n.moved()},hovered:e=>{cs(e,G.hovered)||n.hover(e)},chosen:n.choose,framed:us}});function os(e,t){t.isConnected&&(G.viewer=e,e.show(no(G)),D())}function ss(){G.refusal=new C({title:`The atlas cannot be drawn`,detail:`A part of the page could not be loaded. Load the page anew.`,code:`viewer_missing`}),D()}var cs=(e,t)=>e?.grid===t?.grid&&e?.x===t?.x&&e?.y===t?.y,ls=14;function us(e){let t=G.hovered??G.chosen,n=K?.parentElement;if(!K||!n||!t||K.hidden)return;let r=e.width/t.grid,i=e.left+t.x*r,a=i+r+ls,{offsetWidth:o,offsetHeight:s}=K,c=a+o<=n.clientWidth?a:Math.max(0,i-ls-o),l=e.top+(t.y+.5)*r-s/2,u=Math.max(8,Math.min(n.clientHeight-s-8,l));K.style.setProperty(`--across`,`${Math.round(c)}px`),K.style.setProperty(`--down`,`${Math.round(u)}px`)}function ds(e,t){let{viewer:n}=G,r=e.target.closest(`button`)!==null;if(!n||r||e.ctrlKey||e.metaKey)return;let i=qo[e.key];if(i){let e=Jo(n.grid(),G.chosen,n.camera(),i);e&&n.reveal(e),t.choose(e)}else if(e.key===`+`||e.key===`=`)n.zoomIn();else if(e.key===`-`)n.zoomOut();else if(e.key===`0`||e.key===`Home`)n.goHome();else if(e.key===`Enter`&&G.chosen)n.flyTo(G.chosen);else if(e.key===`Escape`)t.choose(null);else return;e.preventDefault()}var q=!1;async function fs(e,t){q=!0;let[n=``]=e;n!==G.id&&ps(n),n===``?await Ki():(qi(),G.atlas?hs(t):await ms(n,t))}function ps(e){G.followed?.letGo(),G.seeking?.abort(),Object.assign(G,{id:e,atlas:null,followed:null,refusal:null})}async function ms(e,t){Ei();try{let n=await _i(e);if(G.id!==e)return;G.followed?.letGo(),Object.assign(G,{atlas:n,refusal:null,followed:null}),hs(t)}catch(n){let r=E(n);if(G.id!==e)return;r.code===`atlas_not_found`?G.followed||=new qr(e,()=>void ms(e,t)):G.refusal=r}D()}function hs(e){G.atlas&&(G.seeking?.abort(),Object.assign(G,oo(G.atlas,e),{grid:G.viewer?.grid().grid??G.atlas.grids[0]?.grid??0}),G.viewer?.moveTo(G.camera),J(),gs(e.get(`picture`)))}async function gs(e){if(e!==null){if(e!==`own`)await dr(e,!0);else if(L.picture?.sample!==null){let e=st();e&&(L.picture=e)}await ys()}}function _s(){q=!1,qi(),G.seeking?.abort(),ps(``)}function J(){G.viewer?.show(no(G)),vs(),D()}function vs(){if(!q||!G.atlas)return;let e=ro(G.atlas,G,L.picture);St(A(`atlas`,[G.id],e))}async function ys(){let{picture:e}=L;if(!q||!G.atlas||!e||G.atlas.document.landmarks_path===null)return;G.seeking?.abort();let t=new AbortController;Object.assign(G,{seeking:t,located:null,seekRefusal:null}),G.soughtPicture=e.address,J();try{G.located=await yi(G.id,e,t.signal)}catch(e){if(T(e))return;G.seekRefusal=E(e)}G.seeking=null,J()}function bs(){G.seeking?.abort(),Object.assign(G,{located:null,soughtPicture:``,seeking:null,seekRefusal:null}),J()}function xs(e){G.chosen=e,G.viewer?.flyTo(e),J()}var Ss={choose:e=>{G.chosen=e,J()},hover:e=>{G.hovered=e,G.viewer?.show(no(G)),D()},moved:()=>{vs(),D()}},Cs={filter:e=>{G.filter={...G.filter,...e},G.listed=20,J()},turn:(e,t)=>{G[e]=t,J()}},ws={take:e=>void ur(e),takeSample:e=>void dr(e),seek:()=>void ys(),forget:bs,flyTo:xs},Ts={flyTo:xs,listMore:()=>{G.listed+=20,D()}};function Es(){if(G.id===``)return Yi();let{atlas:e,followed:t,refusal:n}=G;return g`<p class="way-back"><a href="#/atlas">← All atlases</a></p>
    ${I(n,()=>void ms(G.id,new URLSearchParams))}
    ${e?g`<div class="atlas">
            ${Ie(e.id,Zo(e,G,Ss))}
            <div class="side">
              ${No(e,G,Cs)}
              ${Ho(e,G,L.picture,ws)} ${ta(e)}
            </div>
            <div class="below">${Ao(e,G,Ts)}</div>
          </div>`:t?$r(t):n?v:g`<p class="quiet">Looking …</p>`}`}lr(()=>{q&&G.atlas&&ys()});function Ds(){q&&G.id===``?Ki():q&&Ei()}var Os=()=>q&&G.atlas!==null,ks={title:`Atlas`,enter:(e,t)=>void fs(e,t),leave:_s,template:Es},Y={datasets:[],isLoaded:!1,refusal:null,sending:null,added:null,doomed:null};async function As(){try{let{body:e}=await w(`datasets`);Object.assign(Y,{datasets:e.datasets,isLoaded:!0,refusal:null})}catch(e){Y.refusal=E(e)}D()}async function js(e){let t=e.files?.[0];if(e.value=``,!t)return;let n={name:t.name,part:0,abort:new AbortController};Object.assign(Y,{sending:n,added:null,refusal:null}),D();let r=new FormData;r.append(`archive`,t,t.name);try{Y.added=await Je(`datasets`,r,{sent:e=>{n.part=e,D()},signal:n.abort.signal}),Y.sending=null,await As()}catch(e){Y.sending=null,T(e)||(Y.refusal=E(e))}D()}async function Ms(e){Y.doomed=null;try{await w(`datasets/${encodeURIComponent(e)}`,{method:`DELETE`}),Y.added?.id===e&&(Y.added=null),await As()}catch(e){Y.refusal=E(e),D()}}var Ns=()=>g`<section class="card datasets" aria-labelledby="datasets-title">
    <div class="card-head">
      <h2 id="datasets-title">Datasets</h2>
      <div>
        <input
          class="hidden-input"
          id="archive"
          type="file"
          accept=".zip,.tar,.gz,.tgz"
          aria-label="Add an archive of images"
          ?disabled=${Y.sending!==null}
          @change=${e=>void js(e.target)}
        />
        <label class="button" for="archive">Add an archive</label>
      </div>
    </div>
    <p class="quiet">
      A zip, tar or tar.gz file of images; its folders are the classes. Jobs work on datasets.
    </p>
    ${Y.sending?Ps(Y.sending):v}
    ${I(Y.refusal,()=>void As())}
    ${Y.added?Fs(Y.added):v}
    ${Y.datasets.length>0?Is():Y.isLoaded?zs():v}
  </section>`,Ps=({name:e,part:t,abort:n})=>g`<div class="sending">
    <span role="status"
      >${t<1?`Sending ${e}`:`${e} has arrived; its images are looked at …`}</span
    >
    <div class="standing">
      <progress max="1" .value=${t} aria-label="Sent of ${e}"></progress>
      <span class="percent">${Math.floor(t*100)} %</span>
    </div>
    <button class="plain is-alarm" type="button" @click=${()=>n.abort()}>Give up</button>
  </div>`;function Fs({name:e,images:t,skipped:n,skipped_files:r}){let i=n===0?``:`; ${N(n)} files were left out`;return g`${hn(`${e} is there`,`${N(t)} images${i}`)}
  ${n>0?g`<details>
        <summary>Files left out</summary>
        <ul class="skipped">
          ${r.map(({path:e,reason:t})=>g`<li>${e}: ${t}</li>`)}
        </ul>
      </details>`:v}`}var Is=()=>g`<div class="scrolled" tabindex="0" role="region" aria-labelledby="datasets-title">
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
        ${Y.datasets.map(Ls)}
      </tbody>
    </table>
  </div>`,Ls=e=>g`<tr>
    <th scope="row">${e.name}</th>
    <td>${N(e.images)}</td>
    <td title=${e.classes.join(`, `)}>${e.classes.length||`none`}</td>
    <td>${Et(e.bytes)}</td>
    <td>${j(e.created_at)}</td>
    <td>
      ${Y.doomed===e.id?g`<div class="buttons">
            <button class="plain is-alarm" type="button" @click=${()=>void Ms(e.id)}>
              Delete for good
            </button>
            <button class="plain" type="button" @click=${()=>Rs(null)}>Keep</button>
          </div>`:g`<button
            class="plain"
            type="button"
            aria-label="Delete ${e.name}"
            @click=${()=>Rs(e.id)}
          >
            Delete
          </button>`}
    </td>
  </tr>`;function Rs(e){Y.doomed=e,D()}var zs=()=>g`<div class="teaching">
    <p>
      There is none yet. Send an archive such as <code>pets.zip</code> with the folders
      <code>cat</code> and <code>dog</code>; what is no image is left out and listed.
    </p>
  </div>`,Bs={title:`Datasets`,enter:()=>void As(),leave:()=>void 0,template:Ns};function Vs(e,t){let n=e.filter(({id:e,status:n})=>e!==t&&(n===`succeeded`||V.has(n)));return n.length===0?v:g`<section class="card" aria-labelledby="earlier-title">
    <h2 id="earlier-title">Earlier ones</h2>
    <ul class="earlier">
      ${n.map(e=>g`<li>
            <a href=${A(`features`,[e.id])}>
              ${e.status===`succeeded`?g`<img src=${B(e.id,`grid.png`)} alt="" loading="lazy" />`:g`<span class="no-picture" aria-hidden="true">…</span>`}
              <span>${Hs(e)}</span>
              <span class="quiet">${j(e.created_at)}</span>
              ${e.status===`succeeded`?v:Zr(e)}
            </a>
          </li>`)}
    </ul>
  </section>`}function Hs({params:e}){let[t,n]=[e.objective,e.layer??`the last map`];return t===`logit`?`Classes ${String(e.classes)}`:t===`layer`?`Layer ${String(n)}`:`Channels ${String(e.channels)} of ${String(n)}`}function Us(e,{most:t,isOff:n,begin:r}){let i=Math.min(Number(e.params.steps)*2,t);return i>Number(e.params.steps)?g`<section class="card" aria-labelledby="more-title">
    <h2 id="more-title">Not there yet?</h2>
    <p class="quiet">
      A job that is done cannot be continued. The same seed takes the same way again, and then goes
      further.
    </p>
    <div class="buttons is-after">
      <button
        class="plain"
        id="more-steps"
        type="button"
        ?disabled=${n}
        @click=${()=>r(i)}
      >
        Begin anew with ${N(i)} steps
      </button>
    </div>
  </section>`:v}var Ws=`activation-maximization`,Gs=[`channels`,`classes`,`negative`,`parametrization`,`steps`,`size`],Ks={channel:[`layer`,`channels`],neuron:[`layer`,`channels`,`row`,`column`],layer:[`layer`],logit:[`classes`]},qs=[{value:`channel`,text:`Channels of a layer`},{value:`neuron`,text:`Channels at one place`},{value:`layer`,text:`A whole layer (DeepDream)`},{value:`logit`,text:`Classes`}],X={followed:null,model:``,written:{objective:`channel`},properties:null,earlier:[],refusal:null,isSubmitting:!1},Js=!1;function Ys(e,t){Js=!0;let[n]=e;if(n!==X.followed?.id&&(X.followed?.letGo(),X.followed=n?new qr(n):null),t.size>0){let{model:e,...n}=Object.fromEntries(t);Object.assign(X,{model:e??``,written:{objective:`channel`,...n}})}Zs()}function Xs(){Js=!1,X.followed?.letGo(),X.followed=null}function Zs(){Js&&O.isReady&&(k(X.model)||(X.model=yt()),vt(X.model).catch(()=>setTimeout(Zs,2e3)),Qs(),$s())}async function Qs(){if(!X.properties){try{let{body:e}=await w(`openapi.json`);X.properties=$t(e.components.schemas.ActivationMaximizationParameters)}catch(e){X.refusal=E(e)}D()}}async function $s(){try{X.earlier=(await kr({kind:Ws,limit:`12`})).jobs}catch(e){X.refusal=E(e)}D()}function ec(e){e.preventDefault(),tc(()=>Mr(Ws,X.model,xi(nc(),X.properties??{})))}async function tc(e){Object.assign(X,{isSubmitting:!0,refusal:null}),D();try{let t=await e();location.hash=A(`features`,[t.id])}catch(e){X.refusal=E(e)}X.isSubmitting=!1,D()}function nc(){let e=new Set(Ks[rc()]),t=new Set(Object.values(Ks).flat());return Object.fromEntries(Object.entries(X.written).filter(([n])=>e.has(n)||!t.has(n)))}var rc=()=>X.written.objective??`channel`;function ic(e,t){t===``?delete X.written[e]:X.written[e]=t,X.followed||St(A(`features`,[],new URLSearchParams({model:X.model,...X.written}))),D()}var ac=()=>g`<div class="features ${X.followed?`is-watching`:``}">
    <form class="card choices" aria-label="What to make pictures of" @submit=${ec}>
      <h2>What does a unit look for?</h2>
      <p class="quiet">
        A picture is changed, step by step, until a unit of the network answers to it as strongly as
        it can.
      </p>
      ${oc()} ${I(X.refusal,Zs)}
      <button id="start" type="submit" ?disabled=${X.isSubmitting||!X.properties}>
        Make the pictures
      </button>
    </form>
    <div class="watching">
      ${X.followed?$r(X.followed):dc()} ${uc(X.followed?.job??null)} ${Vs(X.earlier,X.followed?.id)}
    </div>
  </div>`;function oc(){let e=(O.layers.get(X.model)??[]).filter(({output_shape:e})=>e.length===3),t=O.details.get(X.model)?.default_layer??``,n=Ks[rc()]??[];return g`${F({id:`model`,label:`Model`,value:X.model,choices:O.models.map(({name:e})=>({value:e,text:e})),change:e=>{Object.assign(X,{model:e,written:{objective:rc()}}),Zs(),D()}})}
  ${F({id:`objective`,label:`Pictures of`,value:rc(),choices:qs,change:e=>ic(`objective`,e)})}
  ${n.includes(`layer`)?F({id:`layer`,label:`Layer`,value:X.written.layer??``,choices:[{value:``,text:t?`the last map (${t})`:`the last map`},...e.map(({name:e,output_shape:t})=>({value:e,text:`${e} · ${t.at(-1)} channels`})).reverse()],change:e=>ic(`layer`,e)}):v}
  ${lc(Gs.filter(e=>sc(e,n)))}
  <details class="own">
    <summary>All settings</summary>
    ${lc(cc(n))}
  </details>`}var sc=(e,t)=>t.includes(e)||!Object.values(Ks).flat().includes(e);function cc(e){let t=new Set([...Gs,`objective`,`layer`]);return Object.keys(X.properties??{}).filter(n=>!t.has(n)&&sc(n,e))}var lc=e=>{let t=e.flatMap(e=>{let t=X.properties?.[e];return t?[[e,t]]:[]});return nn(Object.fromEntries(t),X.written,ic,`feature`)};function uc(e){return e?.status!==`succeeded`||e.kind!==Ws?v:Us(e,{most:X.properties?.steps?.maximum??0,isOff:X.isSubmitting,begin:t=>void tc(()=>Mr(Ws,e.model,{...e.params,steps:t}))})}var dc=()=>g`<section class="card teaching">
    <p>
      The pictures emerge here while they are made. Start with the channels of a late layer, or with
      the classes: what would be the most cat-like picture of all?
    </p>
  </section>`,fc={title:`Features`,enter:Ys,leave:Xs,template:ac},Z={followed:null,jobs:[],older:[],nextCursor:null,status:``,kind:``,kinds:[],isLoaded:!1,refusal:null},pc=[`activation-maximization`,`atlas`],mc=1500,hc=6e3,gc=0,_c=!1;async function vc(){clearTimeout(gc);let{status:e,kind:t}=Z;try{let{jobs:n,next_cursor:r}=await kr({status:e,kind:t});if(e!==Z.status||t!==Z.kind)return;Z.older.length===0&&(Z.nextCursor=r);let i=new Set([...pc,...Z.kinds,...n.map(e=>e.kind)]);Object.assign(Z,{jobs:n,kinds:[...i].sort(),refusal:null,isLoaded:!0})}catch(e){Z.refusal=E(e)}if(D(),!_c)return;let n=Z.refusal!==null||Z.jobs.some(e=>V.has(e.status));gc=window.setTimeout(()=>void vc(),n?mc:hc)}async function yc(){let{jobs:e,next_cursor:t}=await kr({status:Z.status,kind:Z.kind,cursor:Z.nextCursor??``});Object.assign(Z,{older:[...Z.older,...e],nextCursor:t}),D()}function bc(e,t){xc();let[n]=e;n?Z.followed=new qr(n):(_c=!0,Z.status=t.get(`status`)??``,Z.kind=t.get(`kind`)??``,vc())}function xc(){_c=!1,clearTimeout(gc),Z.followed?.letGo(),Object.assign(Z,{followed:null,older:[]})}function Sc(e){Object.assign(Z,{...e,older:[],isLoaded:!1,jobs:[]});let{status:t,kind:n}=Z;St(A(`jobs`,[],new URLSearchParams({...t&&{status:t},...n&&{kind:n}}))),vc()}var Cc=()=>Z.followed?g`<p class="way-back"><a href="#/jobs">← All jobs</a></p>
        ${$r(Z.followed)}`:wc(),wc=()=>g`<section class="card" aria-labelledby="jobs-title">
    <div class="card-head">
      <h2 id="jobs-title">Jobs</h2>
      <div class="filter">
        ${F({id:`status-filter`,label:`Show`,value:Z.status,choices:[{value:``,text:`all`},...Rr.map(e=>({value:e,text:e}))],change:e=>Sc({status:e})})}
        ${F({id:`kind-filter`,label:`of kind`,value:Z.kind,choices:[{value:``,text:`any`},...[...new Set([...Z.kinds,Z.kind])].filter(Boolean).map(e=>({value:e,text:Ot(e)}))],change:e=>Sc({kind:e})})}
      </div>
    </div>
    ${I(Z.refusal,()=>void vc())}
    ${Z.jobs.length>0?Tc():Z.isLoaded?Dc():v}
  </section>`;function Tc(){let e=new Set(Z.jobs.map(({id:e})=>e));return g`<ul class="jobs">
      ${[...Z.jobs,...Z.older.filter(({id:t})=>!e.has(t))].map(Ec)}
    </ul>
    ${Z.nextCursor?g`<button class="plain" type="button" @click=${()=>void yc()}>Older jobs</button>`:v}`}var Ec=e=>g`<li>
    <a href=${A(`jobs`,[e.id])}>${P(e.kind)}</a>
    <span class="quiet">${e.model} · ${j(e.created_at)}</span>
    ${Zr(e)} ${Qr(e)}
    <span class="words">${Vr(e)}</span>
  </li>`,Dc=()=>Z.status||Z.kind?g`<p class="quiet">
        No job${Z.kind?` of the kind ${Ot(Z.kind)}`:``} is
        ${Z.status||`there`}.
      </p>`:g`<div class="teaching">
        <p>
          Work that takes longer than a request may last is a job: pictures of what a network's units
          look for, for example. It outlives this page, and stands here until it is deleted.
        </p>
        <p><a class="button" href="#/features">Make a first one</a></p>
      </div>`,Oc={title:`Jobs`,enter:bc,leave:xc,template:Cc},kc=({output_shape:e})=>e.at(-1)??0,Ac=e=>Math.max(1,Math.ceil(kc(e)/64));function jc(e,t,n=64){let r=Math.min(Math.max(0,t),Ac(e)-1)*64,i=Math.min(r+n,kc(e))-1;return i<r?``:`${r}-${i}`}var Mc=class{wanted;filters=null;filtersRefusal=null;maps=null;mapsRefusal=null;asking=new AbortController;constructor(e){this.wanted=e;let{layer:t,picture:n}=e;t.kernel_shape.length>0&&this.askFilters(),t.output_shape.length===3&&n&&this.askMaps(n)}isOf({model:e,layer:t,channels:n,picture:r}){return e===this.wanted.model&&t.name===this.wanted.layer.name&&n===this.wanted.channels&&r?.address===this.wanted.picture?.address}letGo(){this.asking.abort()}async askFilters(){let{model:e,layer:t,channels:n}=this.wanted,r=[e,`layers`,...t.name.split(`/`),`filters`].map(encodeURIComponent);try{let{body:e}=await w(`models/${r.join(`/`)}${tt({channels:n,outputs:`grid`})}`,{signal:this.asking.signal});this.filters=e}catch(e){if(T(e))return;this.filtersRefusal=E(e)}D()}async askMaps(e){let{model:t,layer:n,channels:r}=this.wanted;try{let{body:i}=await w(`explain/feature-maps`,{method:`POST`,body:et(e,{model:t,layer:n.name,channels:r}),signal:this.asking.signal});this.maps=i}catch(e){if(T(e))return;this.mapsRefusal=E(e)}D()}},Q={model:``,layer:``,page:0,search:``,insight:null},Nc=!1;function Pc(e,t){Nc=!0;let[n=``,...r]=e;n&&Object.assign(Q,{model:n,layer:r.join(`/`)}),Q.page=Number(t.get(`page`)??0)||0,Fc()}function Fc(){Nc&&O.isReady&&(k(Q.model)||Object.assign(Q,{model:yt(),layer:``}),vt(Q.model).then(Ic).catch(()=>setTimeout(Fc,2e3)))}function Ic(){let e=Lc();if(!Nc||!e)return;Q.layer=e.name,St(Rc(e.name));let t={model:Q.model,layer:e,channels:jc(e,Q.page),picture:L.picture};Q.insight?.isOf(t)||(Q.insight?.letGo(),Q.insight=new Mc(t)),D()}function Lc(){let e=O.layers.get(Q.model)??[],t=O.details.get(Q.model)?.default_layer;return e.find(({name:e})=>e===Q.layer)??e.find(({name:e})=>e===t)??e[0]}var Rc=(e,t=Q.page)=>A(`model`,[Q.model,...e.split(`/`)],new URLSearchParams(t?{page:String(t)}:{})),zc=()=>{let e=O.layers.get(Q.model)??[],t=Lc();return g`<div class="model">
    <section class="card layers" aria-labelledby="layers-title">
      <h2 id="layers-title">Layers</h2>
      ${F({id:`model`,label:`Model`,value:Q.model,choices:O.models.map(({name:e})=>({value:e,text:e})),change:e=>{location.hash=A(`model`,[e])},hint:Bc(e)})}
      ${Zt({id:`search`,label:`Find a layer`,type:`search`,value:Q.search,placeholder:`conv, relu, …`,change:e=>{Q.search=e,D()}})}
      <nav class="layer-list" aria-label="Layers of ${Q.model}" tabindex="-1">
        <ol>
          ${Vc(e).map(e=>Hc(e,e===t))}
        </ol>
      </nav>
    </section>
    <div class="insight">
      ${t&&Q.insight?Uc(t,Q.insight):v}
    </div>
  </div>`};function Bc(e){let t=k(Q.model)?.parameters??0;return`${e.length} layers, ${N(t)} parameters`}function Vc(e){let t=Q.search.trim().toLowerCase();return e.filter(({name:e,type:n})=>`${e} ${n}`.toLowerCase().includes(t))}var Hc=({name:e,type:t,output_shape:n},r)=>g`<li>
    <a href=${Rc(e,0)} aria-current=${r?`true`:v}>
      <span class="layer-name">${e}</span>
      <span class="quiet">${t}</span>
      <span class="quiet sides">${Dt(n)}</span>
    </a>
  </li>`,Uc=(e,t)=>g`<section class="card" aria-labelledby="layer-title">
      <h2 id="layer-title" class="layer-title">${e.name}</h2>
      <dl class="facts">
        <dt>Type</dt>
        <dd>${e.type}</dd>
        <dt>Output</dt>
        <dd>${Dt(e.output_shape)}</dd>
        <dt>Parameters</dt>
        <dd>${N(e.parameters)}</dd>
        ${e.kernel_shape.length>0?g`<dt>Filters</dt>
              <dd>${Dt(e.kernel_shape)}</dd>`:v}
      </dl>
      ${e.output_shape.length===3?g`<p class="links">
            <a href=${Wc(e)}>What its channels look for</a>
            ${e.explainable?g`<a href=${Gc(e)}>Explain at this layer</a>`:v}
          </p>`:v}
      ${Kc(e)}
    </section>
    ${qc(e,t)} ${Xc(e,t)}`,Wc=e=>A(`features`,[],new URLSearchParams({model:Q.model,objective:`channel`,layer:e.name,channels:jc(e,Q.page,8)||`random:9`}));function Gc(e){let[t=``,n=``]=ar().split(`?`,2),r=new URLSearchParams(n);return r.set(`layer`,e.name),r.set(`model`,Q.model),`${t}?${r}`}function Kc(e){let t=Ac(e);return t<2?v:g`<nav class="buttons paging" aria-label="Channels">
    ${Array.from({length:t},(t,n)=>{let r=n*64;return g`<a
        class="button plain"
        href=${Rc(e.name,n)}
        aria-current=${n===Q.page?`true`:v}
        >${r}–${Math.min(r+64,e.output_shape.at(-1)??0)-1}</a
      >`})}
  </nav>`}var qc=(e,{maps:t,mapsRefusal:n,wanted:r})=>g`<section class="card" aria-labelledby="maps-title">
    <h2 id="maps-title">What it answers to the picture</h2>
    ${e.output_shape.length===3?r.picture?g`${I(n)}
            <div class="grid-picture">
              ${t?.grid?g`<img
                    src="data:image/png;base64,${t.grid}"
                    alt="The maps of channels ${r.channels}, each in its own range"
                  />`:n?v:g`<p class="quiet">Looking …</p>`}
            </div>
            ${t?.channels?g`<p class="hint">
                  Strongest: ${Yc(t.channels)}. Every map is drawn in its own range.
                </p>`:v}`:g`<p class="quiet">Drop or paste a picture, or choose one:</p>
            <div class="samples is-left">
              ${qn(null,{takeSample:e=>void dr(e)})}
            </div>`:g`<p class="quiet">This layer has no maps: its output is no picture any more.</p>`}
  </section>`,Jc=5,Yc=e=>[...e].sort((e,t)=>(t.max??0)-(e.max??0)).slice(0,Jc).map(({index:e,max:t})=>`channel ${e} (${M(t??NaN)})`).join(`, `),Xc=(e,{filters:t,filtersRefusal:n})=>g`<section class="card" aria-labelledby="filters-title">
    <h2 id="filters-title">What it has learned</h2>
    ${e.kernel_shape.length===0?g`<p class="quiet">This layer has no filters: it is no convolution.</p>`:g`${I(n)}
          <div class="grid-picture">
            ${t?.grid?g`<img
                  src="data:image/png;base64,${t.grid}"
                  alt="Filters of ${e.name}, each under its output channel"
                />`:n?v:g`<p class="quiet">Looking …</p>`}
          </div>
          ${t?g`<p class="hint">
                ${t.input_channel==null?`In colour: these filters see the picture itself; mid-grey is zero.`:`The weights for input channel ${t.input_channel}: red is positive, blue negative.`}
              </p>`:v}`}
  </section>`;lr(Ic);var Zc={explain:Or,model:{title:`Model`,enter:Pc,leave:()=>{Nc=!1},template:zc},features:fc,atlas:ks,jobs:Oc,datasets:Bs};function Qc(){_r(),Fc(),Zs(),Ds()}var $c=document.getElementById(`page`),$=``;function el(){let e=xt(location.hash),t=e.view in Zc?e.view:`explain`;t!==$&&Zc[$]?.leave(),$=t;let n=Zc[t];document.title=`${n.title} · Vitrine`,n.enter(e.path,e.query),D()}var tl=(e,{title:t})=>g`<a
    href=${e===`explain`?ar():A(e)}
    aria-current=${e===$?`page`:v}
    >${t}</a
  >`,nl=()=>g`<a class="skip" href="#main" @click=${rl}>Skip to the content</a>
    <header class="head">
      <img src="web/favicon.svg" alt="" width="32" height="32" />
      <span class="brand">Vitrine</span>
      <nav aria-label="Views">
        ${Object.entries(Zc).map(([e,t])=>tl(e,t))}
        <a href="docs">HTTP interface</a>
      </nav>
    </header>
    <main id="main" tabindex="-1">
      <h1 class="unseen">Vitrine: ${Zc[$]?.title}</h1>
      ${I(O.refusal,()=>void gt(Qc))}
      ${Zc[$]?.template()??v}
    </main>`;function rl(e){e.preventDefault(),document.getElementById(`main`)?.focus()}var il=()=>$===`model`||Os();function al(e){e&&(il()||(location.hash=ar()),ur(e))}document.addEventListener(`paste`,({clipboardData:e})=>al(e?.files[0])),document.addEventListener(`dragover`,e=>{e.preventDefault(),fr(!0)}),document.addEventListener(`dragleave`,({relatedTarget:e})=>{e===null&&fr(!1)}),document.addEventListener(`drop`,e=>{e.preventDefault(),fr(!1),al(e.dataTransfer?.files[0])}),mt(()=>ke(nl(),$c)),window.addEventListener(`hashchange`,el),el(),gt(Qc);export{o as t};